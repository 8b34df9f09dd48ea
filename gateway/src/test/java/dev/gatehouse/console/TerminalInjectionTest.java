package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.person;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.key.AuthorizedKey;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.key.TestKeys;
import dev.gatehouse.text.SafeText;
import dev.gatehouse.workspace.WorkspaceEvent;
import dev.gatehouse.workspace.WorkspaceInfo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mallory's display name, or her command line, writes to the clipboard (ESC ] 52), moves the cursor
 * with a C1 control, turns the reading direction (U+202E), or starts a line of its own. An
 * administrator who looks at it sees question marks.
 */
final class TerminalInjectionTest {
  private static final String HOSTILE =
      "a\u001b]52;c;aGk=\u0007b\u009b2Jc\u202ed\ne\u2066f\u2028g\u007fh\u200bi\ud800j";

  private final ConsoleFixture fixture = new ConsoleFixture();

  @Test
  void of_hostileText_becomesQuestionMarks() {
    assertThat(SafeText.of(HOSTILE)).isEqualTo("a?]52;c;aGk=?b?2Jc?d?e?f?g?h?i?j");
    assertThat(SafeText.of("Ämter 漢字 😀")).isEqualTo("Ämter 漢字 😀");
  }

  @ParameterizedTest
  @ValueSource(strings = {"whoami", "whoami --json"})
  void whoami_hostileName_reachesNoScreen(String line) {
    var outcome = fixture.gate(person("mallory", 1, HOSTILE, false), line);
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).contains("c;aGk=");
    assertHarmless(outcome.out());
  }

  @Test
  void administratorsCommands_hostileEverything_reachNoScreen() {
    var mallory = person("mallory", 1, HOSTILE, false);
    fixture.people.put(mallory);
    fixture.gateway.connect(
        1, mallory, HOSTILE, new LiveSessions.OpenChannel(HOSTILE, HOSTILE, ConsoleFixture.NOW));
    fixture.people.addKey(
        mallory.username(),
        new AuthorizedKeyLine(
            AuthorizedKey.plain(TestKeys.ed25519(1)), HOSTILE + " ssh-ed25519", HOSTILE));
    for (var line :
        List.of(
            "user list",
            "user show mallory",
            "session list",
            "session show 1",
            "keys list --user mallory")) {
      var outcome = fixture.gate(ConsoleFixture.ROOT, line);
      assertThat(outcome.exit()).as(line).isZero();
      assertHarmless(outcome.out());
    }
  }

  /** Whoever has a workspace writes its log, and many a program the cluster's events. */
  @ParameterizedTest
  @ValueSource(
      strings = {"workspace logs", "workspace events", "workspace logs --json", "home show"})
  void workspace_hostileLogAndEvents_reachNoScreen(String line) throws Exception {
    fixture.withWorkspace(ALICE, "main", "small", WorkspaceInfo.State.RUNNING);
    fixture.workspaces.homes.add(ALICE.username());
    fixture.workspaces.log = List.of(HOSTILE, "\u001b[31mred", "\r\tgate: all is well");
    fixture.workspaces.events =
        List.of(new WorkspaceEvent(ConsoleFixture.NOW, HOSTILE, HOSTILE.repeat(9), true));
    var outcome = fixture.gate(ALICE, line);
    assertThat(outcome.exit()).isZero();
    assertHarmless(outcome.out());
    for (var columns : new int[] {80, 40, 5}) {
      try (var terminal = new PtyStreams("xterm-256color")) {
        terminal.noColor = true;
        terminal.resize(columns, 24);
        terminal.run(fixture.console(), ALICE, line);
        assertThat(terminal.exit()).isZero();
        assertHarmless(terminal.text().replace("\r\n", "\n"));
      }
    }
  }

  @Test
  void whoami_hostileNameInJson_isNotLost() {
    assertThat(fixture.gate(person("mallory", 1, HOSTILE, false), "whoami --json").out())
        .contains("a\\u001B]52;c;aGk=\\u0007b\\u009B2Jc\\u202Ed\\ne\\u2066");
  }

  @Test
  void whoami_hostileNameOnTerminal_reachesNoScreen() throws Exception {
    try (var terminal = new PtyStreams("xterm-256color")) {
      terminal.noColor = true;
      terminal.run(fixture.console(), person("mallory", 1, HOSTILE, false), "whoami");
      assertThat(terminal.exit()).isZero();
      assertHarmless(terminal.text().replace("\r\n", "\n"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"'%s'", "workspace start '%s'", "workspace list '--%s'", "help '%s'"})
  void run_hostileWords_areShownHarmless(String line) {
    var outcome = fixture.gate(ALICE, line.formatted(HOSTILE));
    assertThat(outcome.exit()).isEqualTo(64);
    assertHarmless(outcome.err());
    assertThat(outcome.err().lines()).allMatch(l -> l.startsWith("gate: "));
  }

  private static void assertHarmless(String text) {
    var withoutOurs = text.replace("\n", "").replace("\t", "");
    assertThat(withoutOurs).isEqualTo(SafeText.of(withoutOurs));
    assertThat(text.getBytes(UTF_8)).doesNotContain((byte) 0x1b, (byte) 0x07, (byte) '\r');
  }
}
