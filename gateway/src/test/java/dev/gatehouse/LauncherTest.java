package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code gateway/bin/gatehouse}, in a copy of the sources that a fake JDK and Maven stand in for.
 */
final class LauncherTest {
  private static final Path LAUNCHER = Path.of("bin", "gatehouse").toAbsolutePath();

  @TempDir private Path folder;
  private Path sources;
  private Path jar;

  @BeforeEach
  void makeSources() throws IOException {
    sources = Files.createDirectory(folder.resolve("the sources"));
    Files.createDirectories(sources.resolve("gateway/bin"));
    Files.createDirectories(sources.resolve("gateway/src/main/java"));
    Files.createDirectories(sources.resolve("gateway/target/lib"));
    Files.createDirectories(sources.resolve("config"));
    Folders.write(sources.resolve("gateway/target/lib/one.jar"), "");
    Folders.write(sources.resolve("config/jvm.options"), "");
    Files.copy(LAUNCHER, launcher());
    launcher().toFile().setExecutable(true);
    Folders.write(sources.resolve("pom.xml"), "");
    Folders.write(sources.resolve("gateway/pom.xml"), "");
    script(
        sources.resolve("mvnw"),
        "echo built with \"$@\" >\"$HOME/built\"; touch " + "gateway/target/gatehouse.jar");
    jar = Folders.write(sources.resolve("gateway/target/gatehouse.jar"), "");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
  }

  @Test
  void start_withUpToDateJar_runsItWithoutBuild() throws IOException {
    var result = launch(jdk("25.0.1")).and("try", "--state", "a b").run().ok();
    assertThat(result.stdout().lines())
        .contains("-Dgatehouse.home=" + sources, "-jar", jar.toString())
        .endsWith("try", "--state", "a b");
    assertThat(result.stderr()).isEmpty();
    assertThat(folder.resolve("built")).doesNotExist();
  }

  @Test
  void start_withItsCache_usesIt() throws IOException {
    for (var command : List.of("try", "serve")) {
      var _ = launch(jdk("25")).and("train", command).run().ok();
      var cache = caches(command).getFirst();
      var result = launch(jdk("25")).and(command).run().ok();
      assertThat(result.stdout().lines()).contains("-XX:AOTCache=" + cache);
    }
  }

  @Test
  void start_withoutCache_makesItBesides() throws IOException {
    var result = launch(jdk("25")).and("try").run().ok();
    assertThat(result.stdout().lines()).endsWith("try").noneMatch(l -> l.contains("AOT"));
    assertThat(result.stderr()).isEmpty();
    Poll.until("the cache is there", () -> !caches("try").isEmpty());
    assertThat(caches("try").getFirst()).content().endsWith("-jar\n" + jar + "\ntrain\ntry\n");
  }

  /** In it are the paths of where it was made: the UnboundID jar's sealed packages broke there. */
  @Test
  void start_inCopyOfSourcesWithCache_makesAnotherInItsPlace() throws IOException {
    var _ = launch(jdk("25")).and("train", "try").run().ok();
    var old = caches("try").getFirst().getFileName();
    var copy = folder.resolve("a copy");
    program(Path.of("/bin/cp")).and("-a", sources.toString(), copy.toString()).run().ok();
    sources = copy;
    assertThat(caches("try")).hasSize(1);

    var result = launch(jdk("25")).and("try").run().ok();
    assertThat(result.stdout().lines()).endsWith("try").noneMatch(l -> l.contains("AOT"));
    Poll.until("one cache is there, and another", () -> hasOneOtherThan(old));
  }

  @Test
  void start_withCacheOfOther_makesAnotherInItsPlace() throws IOException {
    var options = sources.resolve("config/jvm.options");
    for (var change :
        List.<Runnable>of(
            () -> Folders.write(jar, "another jar"),
            () -> Folders.write(options, "-Xmx1g\n"),
            () -> Folders.write(folder.resolve("a jdk 25/release"), "JAVA_VERSION=\"25.0.9\"\n"))) {
      var program = launch(jdk("25"));
      var _ = program.and("train", "try").run().ok();
      var old = caches("try").getFirst().getFileName();
      change.run();
      var result = program.and("try").run().ok();
      assertThat(result.stdout().lines()).endsWith("try").noneMatch(l -> l.contains("AOT"));
      Poll.until("one cache is there, and another", () -> hasOneOtherThan(old));
    }
  }

  @Test
  void version_withoutCache_makesNone() throws IOException {
    var _ = launch(jdk("25")).and("--version").run().ok();
    assertThat(sources.resolve("gateway/target/gatehouse-try.aot.log")).doesNotExist();
  }

  @Test
  void start_throughSymlinks_findsItsSources() throws IOException {
    var bin = Files.createDirectory(folder.resolve("bin"));
    var link = Files.createSymbolicLink(bin.resolve("gatehouse"), launcher());
    var second = Files.createSymbolicLink(folder.resolve("gh"), link);
    var result = program(second).with("JAVA_HOME", jdk("25").toString()).run().ok();
    assertThat(result.stdout().lines()).contains("-Dgatehouse.home=" + sources);
  }

  @Test
  void start_withSourceNewerThanJar_buildsFirst() throws IOException {
    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
    var result = launch(jdk("25")).run().ok();
    assertThat(result.stderr()).isEqualTo("gatehouse: building, once\n");
    assertThat(folder.resolve("built")).content().contains("package");
    assertThat(launch(jdk("25")).run().ok().stderr()).isEmpty();
  }

  @Test
  void start_whoseBuildFails_saysWhyAndStops() throws IOException {
    Files.delete(jar);
    script(sources.resolve("mvnw"), "echo what went wrong; exit 1");
    var result = launch(jdk("25")).run();
    assertThat(result.exit()).isEqualTo(70);
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr()).endsWith("what went wrong\ngatehouse: the build failed\n");
  }

  /** Another JDK of the machine is taken; where there is none, it says so. */
  @Test
  void start_withJavaHomeOfAnotherRelease_doesNotUseIt() throws IOException {
    for (var release : List.of("17.0.15", "250", "2.5")) {
      var result = launch(jdk(release)).and("--version").run();
      assertThat(result.stdout()).doesNotContain("-jar");
      assertThat(result.exit()).isNotZero(); // the jar is empty
    }
  }

  @Test
  void start_withoutJdk_saysWhatToDo() throws IOException {
    var script = Folders.read(launcher());
    assertThat(script).contains("/usr/lib/jvm/*");
    Folders.write(launcher(), script.replace("/usr/lib/jvm/*", folder + "/nothing/*"));
    var result = launch(folder.resolve("no jdk")).run();
    assertThat(result.exit()).isEqualTo(69);
    assertThat(result.stderr()).startsWith("gatehouse: no JDK 25 found: set JAVA_HOME");
  }

  private List<Path> caches(String command) throws IOException {
    try (var files = Files.list(sources.resolve("gateway/target"))) {
      var name = Pattern.compile("gatehouse-%s-[0-9a-f]{16}\\.aot".formatted(command));
      return files.filter(f -> name.matcher(f.getFileName().toString()).matches()).toList();
    }
  }

  private boolean hasOneOtherThan(Path old) throws IOException {
    var caches = caches("try");
    return caches.size() == 1 && !caches.getFirst().endsWith(old);
  }

  private Program launch(Path javaHome) {
    return program(launcher()).with("JAVA_HOME", javaHome.toString());
  }

  private Program program(Path command) {
    return Program.in(folder, List.of(command.toString()));
  }

  private Path launcher() {
    return sources.resolve("gateway/bin/gatehouse");
  }

  /** A JDK whose java prints its arguments, into the cache that it is to make. */
  private Path jdk(String version) throws IOException {
    var jdk = folder.resolve("a jdk " + version);
    Files.createDirectories(jdk.resolve("bin"));
    Folders.write(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    script(jdk.resolve("bin/javac"), "");
    script(
        jdk.resolve("bin/java"),
        """
        for argument in "$@"; do
          case $argument in -XX:AOTCacheOutput=*) exec > "${argument#*=}" ;; esac
        done
        printf '%s\\n' "$@"\
        """);
    return jdk;
  }

  private static void script(Path file, String text) {
    Folders.write(file, "#!/bin/sh\n" + text + "\n").toFile().setExecutable(true);
  }
}
