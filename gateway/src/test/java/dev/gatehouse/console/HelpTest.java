package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.commands.GateCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Help is part of the product, so its text is kept in files. {@code -Dgolden.update=true} writes
 * them anew; read the difference before you commit it.
 */
final class HelpTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/dev/gatehouse/console/help").toAbsolutePath();

  private final ConsoleFixture fixture = new ConsoleFixture();

  private static Stream<String> pages() {
    var commands = GateCommands.TABLE.entries().stream().map(e -> e.commandInfo().name());
    var groups = GateCommands.TABLE.groups().stream().map(CommandTable.Group::word);
    return Stream.concat(groups, commands);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void help_eachPage_isAsInItsFile(String page) throws IOException {
    var shown = fixture.gate(ROOT, "help " + page);
    assertThat(shown.exit()).isZero();
    var file = GOLDEN.resolve(page.isEmpty() ? "gate.txt" : page.replace(' ', '-') + ".txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, shown.out());
    }
    assertThat(shown.out()).isEqualTo(Files.readString(file));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void optionHelp_eachPage_showsTheSame(String page) {
    assertThat(fixture.gate(ROOT, page + " --help")).isEqualTo(fixture.gate(ROOT, "help " + page));
  }

  /** What an ordinary person sees first. */
  @Test
  void help_ofAnOrdinaryPerson_isAsInItsFile() throws IOException {
    var shown = fixture.gate(ALICE, "help");
    var file = GOLDEN.resolve("gate-for-everybody.txt");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, shown.out());
    }
    assertThat(shown.out()).isEqualTo(Files.readString(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-h", "--help", "help", "?"})
  void help_howeverAsked_isTheOverview(String line) {
    assertThat(fixture.gate(ALICE, line).out()).startsWith("gate: the console of example.com");
  }

  @Test
  void help_json_listsTheCommands() {
    assertThat(fixture.gate(ALICE, "help --json").out())
        .contains("\"command\" : \"workspace start\"");
  }

  @Test
  void help_asOrdinaryPerson_hidesAdministratorsCommands() {
    fixture.table = AdminProbe.TABLE;
    assertThat(fixture.gate(ALICE, "help").out()).doesNotContain("node");
    assertThat(fixture.gate(ALICE, "help --json").out()).doesNotContain("node");
    assertThat(fixture.gate(ALICE, "help probe run").exit()).isEqualTo(64);
    assertThat(fixture.gate(ALICE, "help node").exit()).isEqualTo(64);
    assertThat(fixture.gate(ALICE, "node").exit()).isEqualTo(64);
    assertThat(fixture.gate(ALICE, "prob run").err()).doesNotContain("did you mean");
  }

  @Test
  void help_asAdministrator_showsThem() {
    fixture.table = AdminProbe.TABLE;
    assertThat(fixture.gate(ROOT, "help").out()).contains("probe run");
    assertThat(fixture.gate(ROOT, "help probe run").out()).contains("For: administrators");
    assertThat(fixture.gate(ROOT, "prob run").err()).contains("did you mean 'probe run'?");
  }
}
