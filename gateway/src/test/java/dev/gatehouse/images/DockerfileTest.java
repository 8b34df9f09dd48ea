package dev.gatehouse.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the images of the Dockerfile have in common. */
final class DockerfileTest {
  private static final String TEXT = Folders.read(Path.of("../Dockerfile"));
  private static final Pattern STAGE = Pattern.compile("(?m)^FROM (\\S+) AS (\\S+)$");
  private static final Pattern PINNED =
      Pattern.compile("\\$\\{(\\w+)}\\$\\{\\1_DIGEST:\\+@\\$\\{\\1_DIGEST}}");
  private static final Pattern COPY = Pattern.compile("(?m)^COPY ((?:[^-\\s]\\S* +)+)\\S+$");
  private static final List<String> LABELS =
      List.of("title", "description", "version", "revision", "source", "licenses");

  /** A site can pin what it builds from, and no base is fetched that an argument does not name. */
  @Test
  void base_takesADigest() {
    var stages = STAGE.matcher(TEXT).results().toList();
    var own = stages.stream().map(stage -> stage.group(2)).toList();
    assertThat(own).contains("directory", "gateway", "jupyter", "ldap-ui", "toolbox", "workspace");
    assertThat(stages.stream().map(stage -> stage.group(1)))
        .allMatch(
            from -> from.equals("scratch") || own.contains(from) || PINNED.matcher(from).matches());
  }

  @ParameterizedTest
  @ValueSource(strings = {"directory", "gateway", "jupyter", "ldap-ui", "toolbox", "workspace"})
  void image_hasTheLabelsOfOci(String target) {
    var stage = TEXT.split("(?m)^FROM .* AS " + target + "\n", 2)[1].split("(?m)^FROM ", 2)[0];
    assertThat(stage)
        .contains(" org.opencontainers.image.title=\"gatehouse-" + target + "\"")
        .contains(
            LABELS.stream().map(label -> " org.opencontainers.image." + label + "=").toList());
  }

  /** The story: a new chart was copied into the gateway's image, and the builder never saw it. */
  @Test
  void copied_ofThisRepository_isNotIgnored() {
    var allowed =
        Folders.read(Path.of("../.dockerignore"))
            .lines()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();
    assertThat(copied())
        .hasSizeGreaterThan(10)
        .allMatch(
            path ->
                allowed.stream().anyMatch(one -> one.startsWith(path + "/") || matches(one, path)));
  }

  private static List<String> copied() {
    return COPY.matcher(TEXT)
        .results()
        .flatMap(copy -> Stream.of(copy.group(1).strip().split(" +")))
        .toList();
  }

  private static boolean matches(String glob, String path) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(path));
  }
}
