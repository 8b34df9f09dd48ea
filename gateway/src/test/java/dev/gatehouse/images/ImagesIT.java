package dev.gatehouse.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.BuiltImage;
import dev.gatehouse.testkit.BuiltImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is in the two images, and how much of it. */
final class ImagesIT {
  private static final long MEBI = 1L << 20;
  private static final int SET_ID = 06000;

  @Test
  void toolbox_isSmall() {
    assertThat(sizes("toolbox", BuiltImages.toolbox())).isLessThan(16 * MEBI);
  }

  @Test
  void gateway_isFitForPullingToANewNode() {
    // A quarter of it is the operator's: the SDK of AWS, and the cache that lets it start at once.
    assertThat(sizes("gateway", BuiltImages.gateway())).isLessThan(208 * MEBI);
  }

  @Test
  void both_runAsNobodyInParticular_byDefault() {
    assertThat(List.of(BuiltImages.toolbox(), BuiltImages.gateway()))
        .allMatch(image -> image.uid() == 65532 && image.gid() == 65532);
  }

  @Test
  void both_haveNoFileThatGivesPrivilege() {
    for (var image : List.of(BuiltImages.toolbox(), BuiltImages.gateway())) {
      assertThat(files(image)).noneMatch(file -> (mode(file) & SET_ID) != 0);
    }
  }

  @Test
  void gateway_hasNoShellNorKeys() {
    var names = files(BuiltImages.gateway()).stream().map(f -> f.getFileName().toString()).toList();
    assertThat(names)
        .contains(
            "java", "gatehouse.jar", "gatehouse.aot", "operate.aot", "cacerts", "cluster.yaml")
        .doesNotContain("sh", "bash", "busybox", "dpkg", "apt-get")
        .noneMatch(name -> name.endsWith(".key") || name.startsWith("ssh_host"));
  }

  /** Says it where a reader of CI's output finds it. */
  private static long sizes(String name, BuiltImage image) {
    var unpacked = files(image).stream().mapToLong(file -> file.toFile().length()).sum();
    System.out.printf(
        Locale.ROOT,
        "image %s: %.1f MiB in a registry, %.1f MiB unpacked%n",
        name,
        (double) image.packedBytes() / MEBI,
        (double) unpacked / MEBI);
    return image.packedBytes();
  }

  private static List<Path> files(BuiltImage image) {
    try (Stream<Path> files = Files.walk(image.rootfs())) {
      return files.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int mode(Path file) {
    try {
      return (int) Files.getAttribute(file, "unix:mode");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
