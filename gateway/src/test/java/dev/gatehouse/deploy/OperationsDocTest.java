package dev.gatehouse.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/operations.md tells an administrator to type and to look for is there. */
final class OperationsDocTest {
  private static final String DOC = Manifests.read(Path.of("..", "docs", "operations.md"));
  private static final Path MAIN = Path.of("src", "main", "java");

  /** A file or folder of ours, as it stands in text, links and commands. */
  private static final Pattern FILE =
      Pattern.compile("\\b(?:k8s|config)/[a-z0-9][a-z0-9./-]*[a-z0-9]");

  /** Of the first day; the images are built and pushed before. */
  @Test
  void install_isOneCommand_thatTheProgramTakes() {
    var blocks = DOC.substring(DOC.indexOf("## Install")).split("```", -1);
    assertThat(blocks[3].strip().lines())
        .containsExactly(
            "gateway/bin/gatehouse apply --cluster cluster.yaml --admin ada --key"
                + " ~/.ssh/id_ed25519.pub");
  }

  /** Each {@code gatehouse COMMAND --option} is there, and so is each {@code gate COMMAND}. */
  @Test
  void names_command_isOneOfTheReference() {
    var reference = Manifests.read(Path.of("..", "docs", "reference.md"));
    assertThat(
            found(Pattern.compile("(?m)(?:`|bin/)gatehouse ([a-z]+)((?: [^`\\n]*)?)[`\\n]"), 0)
                .distinct()
                .map(line -> line.replaceAll("`|.*bin/", "").strip()))
        .hasSizeGreaterThan(6)
        .allSatisfy(
            line -> {
              var section = section(reference, "### `gatehouse " + line.split(" ", 3)[1] + "`");
              assertThat(matches(Pattern.compile("--[a-z]+"), line, 0)).allMatch(section::contains);
            });
    assertThat(
            found(Pattern.compile("(?:`|HOST )gate ([a-z]+(?: [a-z]+)?)"), 1)
                .distinct()
                .filter(words -> !words.startsWith("user ")))
        .hasSizeGreaterThan(6)
        .allMatch(words -> reference.contains("#### `gate " + words));
  }

  private static String section(String reference, String title) {
    var from = reference.indexOf(title);
    assertThat(from).as(title).isNotNegative();
    return reference.substring(from, reference.indexOf("\n### ", from + 1));
  }

  @Test
  void names_file_isThere() {
    var files = found(FILE, 0).distinct().toList();
    assertThat(files).hasSizeGreaterThan(4);
    assertThat(files).allMatch(f -> Files.exists(Manifests.FOLDER.resolveSibling(f)));
  }

  /** Each key of the definition that is named with its section is one. */
  @Test
  void names_key_isOneOfTheDefinition() {
    var reference = Manifests.read(Path.of("..", "docs", "reference.md"));
    var keys =
        found(
            Pattern.compile(
                "`((?:definition|gateway|directory|images|kubernetes)\\.[a-zA-Z.]+)[`:]"),
            1);
    assertThat(keys.distinct())
        .hasSizeGreaterThan(15)
        .allMatch(key -> reference.contains("`" + key + "`"));
  }

  @Test
  void troubleshooting_namesCodes_thatTheGatewaySays() {
    var table = DOC.substring(DOC.indexOf("## When something is wrong"));
    var codes =
        table
            .lines()
            .filter(line -> line.startsWith("| `"))
            .flatMap(line -> matches(Pattern.compile("`([a-z-]+)`"), line.split("\\|", -1)[1], 1))
            .toList();
    var sources = sources();
    assertThat(codes)
        .hasSizeGreaterThan(10)
        .allMatch(c -> sources.contains("\"" + c + "\"") || sources.contains("[" + c + "]"));
  }

  @Test
  void log_namesCodes_thatTheGatewaySays() {
    var sources = sources();
    assertThat(List.of("definition-changed", "definition-restart", "keys-restored"))
        .allMatch(DOC::contains)
        .allMatch(code -> sources.contains("[" + code + "]"));
  }

  @Test
  void names_secret_thatTheGatewayUses() {
    assertThat(Manifests.read(Manifests.FOLDER.resolve("gatehouse/templates/gateway.yaml")))
        .contains("name: gatehouse-directory");
    assertThat(sources().contains("\"gatehouse-keys\"")).isTrue();
    assertThat(found(Pattern.compile("gatehouse-(?:keys|directory)"), 0).distinct())
        .containsExactlyInAnyOrder("gatehouse-keys", "gatehouse-directory");
  }

  private static Stream<String> found(Pattern pattern, int group) {
    return matches(pattern, DOC, group);
  }

  private static Stream<String> matches(Pattern pattern, String text, int group) {
    return pattern.matcher(text).results().map(match -> match.group(group));
  }

  private static String sources() {
    try (var files = Files.walk(MAIN)) {
      return files
          .filter(f -> f.toString().endsWith(".java"))
          .map(Manifests::read)
          .reduce("", String::concat);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
