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
import tools.jackson.databind.JsonNode;

/** What docs/operations.md tells an administrator to type and to look for is there. */
final class OperationsDocTest {
  private static final String DOC = Manifests.read(Path.of("..", "docs", "operations.md"));
  private static final Path MAIN = Path.of("src", "main", "java");

  /** A file or folder of ours, as it stands in text, links and commands. */
  private static final Pattern FILE =
      Pattern.compile("\\b(?:k8s|config)/[a-z0-9][a-z0-9./-]*[a-z0-9]");

  @Test
  void install_isTenCommandsAtMost() {
    var block = DOC.substring(DOC.indexOf("## Install")).split("```", -1)[1];
    assertThat(block.lines().filter(line -> !line.isBlank())).hasSizeBetween(5, 10);
  }

  @Test
  void names_file_isThere() {
    var files = found(FILE, 0).distinct().toList();
    assertThat(files).hasSizeGreaterThan(6);
    assertThat(files).allMatch(f -> Files.exists(Manifests.FOLDER.resolveSibling(f)));
  }

  /** What is set by --set, or said to be a value of a chart, is one. */
  @Test
  void names_value_isOneOfAChart() {
    var values = Stream.of(Chart.values()).flatMap(chart -> paths("", chart.defaults())).toList();
    var named =
        found(Pattern.compile("(?:`|--set )([a-zA-Z]+(?:\\.[a-zA-Z]+)*)=(?!\")[^` ]+"), 1)
            .distinct();
    assertThat(named.toList()).hasSizeGreaterThan(6).isSubsetOf(values);
  }

  private static Stream<String> paths(String path, JsonNode values) {
    return values
        .propertyStream()
        .flatMap(
            e ->
                Stream.concat(
                    Stream.of(path + e.getKey()), paths(path + e.getKey() + ".", e.getValue())));
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
