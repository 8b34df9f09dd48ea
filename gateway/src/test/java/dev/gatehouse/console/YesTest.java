package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.commands.GateCommands;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code --yes}: people add it by habit, and to a command that asks nothing it says nothing new.
 */
final class YesTest {
  private final ConsoleFixture fixture =
      new ConsoleFixture().withWorkspace(ALICE, "main", "small", State.RUNNING);

  private static Stream<CommandTable.Entry> commands() {
    return GateCommands.TABLE.entries().stream();
  }

  /** Without their parameters some are refused, but none for --yes. */
  @ParameterizedTest
  @MethodSource("commands")
  void yes_eachCommand_isNoUnknownOption(CommandTable.Entry entry) {
    try {
      new Arguments(entry).parse(List.of("--yes"));
    } catch (UserError e) {
      assertThat(e.text()).contains("missing required");
    }
  }

  @Test
  void workspaceStop_withYes_stops() {
    assertThat(fixture.gate(ALICE, "workspace stop --yes").exit()).isZero();
    assertThat(fixture.gate(ALICE, "workspace list").out()).contains("\tstopped\t");
  }

  /** It is offered only where something is asked. */
  @Test
  void help_commandThatAsksNothing_doesNotShowIt() {
    assertThat(fixture.gate(ROOT, "help workspace stop").out()).doesNotContain("--yes");
    assertThat(fixture.gate(ROOT, "help workspace delete").out()).contains("--yes");
  }
}
