package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.CommandLineProgram;
import dev.gatehouse.cluster.KeysReference;
import dev.gatehouse.console.CommandsReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.json.JsonMapper;

/**
 * docs/reference.md says what the code says of itself. {@code -Dgolden.update=true} writes it anew;
 * read the difference before you commit it.
 */
final class ReferenceTest {
  private static final Path PAGE = Path.of("../docs/reference.md");
  private static final Path SCHEMA = Path.of("../config/cluster.schema.json");

  private static final String HEAD =
      """
      # Reference

      Made from the code by a test (`ReferenceTest`), which fails when this page and the code differ:
      `./mvnw test -Dtest=ReferenceTest -Dgolden.update=true` writes it. [console.md](console.md) tells
      how the console is used; [config/cluster.yaml](../config/cluster.yaml) has every key with its reason.

      - [Programs](#programs)
      - [Commands of the console](#commands-of-the-console)
      - [Keys of the definition](#keys-of-the-definition)
      """;

  private static final String COMMANDS =
      """
      ## Commands of the console

      `ssh HOST gate COMMAND` runs one, `ssh -t HOST gate` reads many. Every command takes `--help`, and
      `--json` for JSON. Without a terminal, results are lines with one tab between two cells.
      """;

  private static final String KEYS =
      """
      ## Keys of the definition

      Of `cluster.yaml`. Every key may be left out, but for those that are required within their section.
      `NAME` stands for a name of your choice, `[]` for each item of a list.
      """;

  @Test
  void page_ofTheDocumentation_saysWhatTheCodeSays() throws IOException {
    var written = page();
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, written);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(written);
  }

  private static String page() throws IOException {
    var lines = new ArrayList<String>();
    lines.add(HEAD);
    lines.add("## Programs\n");
    lines.addAll(programs());
    lines.add(COMMANDS);
    lines.addAll(CommandsReference.lines());
    lines.add(KEYS);
    lines.addAll(KeysReference.lines(JsonMapper.shared().readTree(Files.readString(SCHEMA))));
    return String.join("\n", lines).strip() + "\n";
  }

  private static List<String> programs() {
    var program = CommandLineProgram.commandLine();
    var lines = new ArrayList<String>();
    program
        .getSubcommands()
        .forEach(
            (name, command) -> {
              lines.add("### `gatehouse %s`\n".formatted(name));
              lines.add("```");
              command
                  .getUsageMessage(Ansi.OFF)
                  .lines()
                  .map(String::stripTrailing)
                  .forEach(lines::add);
              lines.add("```\n");
            });
    return lines;
  }
}
