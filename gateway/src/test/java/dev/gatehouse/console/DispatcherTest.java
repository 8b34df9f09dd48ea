package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DispatcherTest {
  private final ConsoleFixture fixture = new ConsoleFixture();

  @ParameterizedTest
  @CsvSource({
    "workspce list, workspace list",
    "workspace lst, workspace list",
    "worksapce, workspace",
    "start gpu, workspace start",
    "whoamy, whoami",
    "list workspaces, workspace list",
    "add keys, keys add",
    "workspace main stop, workspace stop",
    "workspace rm main, workspace delete",
    "workspace new main, workspace create",
    "workspace info, workspace show",
    "key delete 1, keys remove",
    "man, help",
  })
  void run_mistypedCommand_suggests(String typed, String meant) {
    var outcome = fixture.gate(ALICE, typed);
    assertThat(outcome.exit()).isEqualTo(64);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("gate: unknown command").contains("'" + meant + "'?");
  }

  @Test
  void run_unknownCommand_pointsToHelp() {
    assertThat(fixture.gate(ALICE, "frobnicate now").err())
        .isEqualTo("gate: unknown command 'frobnicate'; 'gate help' lists all commands\n");
  }

  /** Two letters of three are another word, not a mistyped one. */
  @ParameterizedTest
  @ValueSource(strings = {"ls", "ps", "vi"})
  void run_shortUnknownCommand_guessesNothing(String typed) {
    assertThat(fixture.gate(ROOT, typed).err())
        .isEqualTo("gate: unknown command '%s'; 'gate help' lists all commands\n".formatted(typed));
  }

  @Test
  void run_optionInFrontOfTheCommand_saysWhereItStands() {
    assertThat(fixture.gate(ALICE, "--json workspace list").err())
        .isEqualTo(
            "gate: options stand behind the command, as in 'gate whoami --json'; 'gate help' lists"
                + " all commands\n");
  }

  @ParameterizedTest
  @CsvSource({
    "workspace start a b, there is one word too many: 'b'; see 'gate help workspace start'",
    "workspace list --jsn, unknown option '--jsn' (did you mean '--json'?); see 'gate help"
        + " workspace list'",
    "workspace start A_B, workspace name 'A_B' is not valid: it starts with a small letter",
    "'workspace start \"a', a quote is not closed",
  })
  void run_misused_saysWhatIsWrong(String line, String message) {
    var outcome = fixture.gate(ALICE, line);
    assertThat(outcome.exit()).isEqualTo(64);
    assertThat(outcome.err()).startsWith("gate: " + message);
  }

  @Test
  void run_administratorsCommandAsOrdinaryPerson_isOnePlainLine() {
    fixture.table = AdminProbe.TABLE;
    var outcome = fixture.gate(ALICE, "probe run --bogus");
    assertThat(outcome.exit()).isEqualTo(77);
    assertThat(outcome.err())
        .isEqualTo("gate: this command is for administrators (not-administrator)\n");
  }

  @Test
  void run_unexpectedException_showsOnlyAnEvent() {
    fixture.table = AdminProbe.TABLE;
    var outcome = fixture.gate(ROOT, "probe run bug");
    assertThat(outcome.exit()).isEqualTo(70);
    assertThat(outcome.err())
        .matches("gate: something went wrong on our side; please quote the event [0-9a-f]{8}\n");
  }

  @Test
  void run_clientGone_endsQuietly() {
    try (var streams = new PtyStreams("xterm")) {
      streams.vanish();
      assertThat(fixture.console().run(ALICE, "status", streams)).isEqualTo(74);
    }
  }
}
