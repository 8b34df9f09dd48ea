package dev.gatehouse.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every Dockerfile below {@code images/} has in common. */
final class DockerfilesTest {
  private static final Path FOLDER = Path.of("../images");
  private static final Pattern STAGE = Pattern.compile("(?m)^FROM (\\S+) AS (\\S+)$");
  private static final Pattern BASE = Pattern.compile("(?m)^ARG BASE=.*$");
  private static final Pattern PINNED =
      Pattern.compile("\\$\\{(\\w+)}\\$\\{\\1_DIGEST:\\+@\\$\\{\\1_DIGEST}}");
  private static final List<String> LABELS =
      List.of("title", "description", "version", "revision", "source", "licenses");

  static List<Path> dockerfiles() {
    try (var folders = Files.list(FOLDER)) {
      return folders.map(folder -> folder.resolve("Dockerfile")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void images_areThese() {
    assertThat(dockerfiles())
        .extracting(file -> file.getParent().getFileName().toString())
        .containsExactly("directory", "gateway", "ldap-ui", "toolbox");
  }

  /** A site can pin what it builds from, and no base is fetched that an argument does not name. */
  @ParameterizedTest
  @MethodSource("dockerfiles")
  void base_takesADigest(Path file) {
    var stages = STAGE.matcher(Folders.read(file)).results().toList();
    var own = stages.stream().map(stage -> stage.group(2)).toList();
    assertThat(stages.stream().map(stage -> stage.group(1)))
        .isNotEmpty()
        .allMatch(
            from -> from.equals("scratch") || own.contains(from) || PINNED.matcher(from).matches());
  }

  @Test
  void base_isTheSameInAll() {
    assertThat(dockerfiles().stream().flatMap(file -> found(BASE, file)).distinct()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("dockerfiles")
  void lastStage_hasTheLabelsOfOci(Path file) {
    var text = Folders.read(file);
    assertThat(text.substring(text.lastIndexOf("\nFROM ")))
        .contains(
            LABELS.stream().map(label -> " org.opencontainers.image." + label + "=").toList());
  }

  private static Stream<String> found(Pattern pattern, Path file) {
    return pattern.matcher(Folders.read(file)).results().map(MatchResult::group);
  }
}
