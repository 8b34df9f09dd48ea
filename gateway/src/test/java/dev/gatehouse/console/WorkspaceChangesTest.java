package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.BOB;
import static dev.gatehouse.console.ConsoleFixture.NOW;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.ConsoleFixture.Outcome;
import dev.gatehouse.directory.Person;
import dev.gatehouse.testkit.LogLines;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gate workspace create, type, keep, delete}, for oneself and for others. */
final class WorkspaceChangesTest {
  private final ConsoleFixture fixture = new ConsoleFixture();

  private WorkspaceInfo only(Person owner) {
    return fixture.workspaces.list(owner.username()).getFirst();
  }

  @Test
  void create_withType_saysHowToConnect() {
    assertThat(fixture.gate(ALICE, "workspace create training --type gpu"))
        .isEqualTo(
            new Outcome(
                0,
                "Workspace training of machine type gpu is made."
                    + " Connect: ssh alice+training@example.com\n",
                ""));
    assertThat(only(ALICE).state()).isEqualTo(State.STOPPED);
  }

  @ParameterizedTest
  @CsvSource({"gpu, gpu", "main, small", "training, small"})
  void create_withoutType_takesThatOfItsNameOrTheDefault(String name, String type) {
    assertThat(fixture.gate(ALICE, "workspace create " + name).exit()).isZero();
    assertThat(only(ALICE).type()).hasToString(type);
  }

  @ParameterizedTest
  @CsvSource({
    "create main, workspace-exists",
    "create gate, workspace-name-reserved",
    "create x --type nope, no-such-machine-type",
    "create x --type secret, machine-type-denied",
    "type main secret, machine-type-denied",
    "type main nope, no-such-machine-type",
  })
  void change_notAllowed_isRefusedWithACode(String line, String code) {
    fixture.withWorkspace(ALICE, "main", "small", State.STOPPED);
    var outcome = fixture.gate(ALICE, "workspace " + line);
    assertThat(outcome.exit()).isEqualTo(77);
    assertThat(outcome.err()).endsWith("(" + code + ")\n");
    assertThat(fixture.workspaces.all()).hasSize(1);
    assertThat(only(ALICE).type()).hasToString("small");
  }

  @Test
  void create_withOneTooMany_saysHowToMakeRoom() {
    for (var name : new String[] {"a", "b", "c"}) {
      fixture.withWorkspace(ALICE, name, "small", State.STOPPED);
    }
    assertThat(fixture.gate(ALICE, "workspace create d").err())
        .isEqualTo(
            "gate: 3 workspaces are as many as one may have; 'gate workspace delete' makes room"
                + " (too-many-workspaces)\n");
  }

  @Test
  void type_ofStopped_isNew() {
    fixture.withWorkspace(ALICE, "main", "small", State.STOPPED);
    assertThat(fixture.gate(ALICE, "workspace type main gpu").out())
        .isEqualTo("Workspace main is of machine type gpu.\n");
    assertThat(only(ALICE).type()).hasToString("gpu");
  }

  @Test
  void type_ofRunning_waitsForTheNextStart() {
    fixture.withWorkspace(ALICE, "main", "small", State.RUNNING);
    assertThat(fixture.gate(ALICE, "workspace type main gpu").out())
        .isEqualTo(
            "Workspace main is of machine type gpu from its next start on;"
                + " --restart restarts it now.\n");
    assertThat(only(ALICE).state()).isEqualTo(State.RUNNING);
  }

  @Test
  void type_restart_needsYesAndRestarts() {
    fixture.withWorkspace(ALICE, "main", "small", State.RUNNING);
    fixture.workspaces.startsAtOnce = true;
    assertThat(fixture.gate(ALICE, "workspace type main gpu --restart").err())
        .isEqualTo(
            "gate: Workspace main runs: its processes will end. Restart it?"
                + " If you mean it, add --yes\n");
    assertThat(only(ALICE).type()).hasToString("small");
    assertThat(fixture.gate(ALICE, "workspace type main gpu --restart --yes").out())
        .isEqualTo(
            "Workspace main is running, of machine type gpu. Connect: ssh alice@example.com\n");
    assertThat(only(ALICE).since()).isEqualTo(NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "12h, 2026-11-24 22:00 UTC (in 12 h)",
    "main 90m, 2026-11-24 11:30 UTC (in 1 h 30 min)",
    "until 2026-11-30T18:00, 2026-11-30 18:00 UTC (in 6 d 8 h)",
    "main until 2026-11-30T18:00+02:00, 2026-11-30 16:00 UTC (in 6 d 6 h)",
  })
  void keep_time_isSaidInFull(String words, String until) {
    fixture.withWorkspace(ALICE, "main", "small", State.RUNNING);
    assertThat(fixture.gate(ALICE, "workspace keep " + words).out())
        .isEqualTo("Workspace main is kept until %s.\n".formatted(until));
  }

  @Test
  void keep_off_saysWhatComesThen() {
    fixture.withWorkspace(ALICE, "main", "small", State.RUNNING);
    fixture.gate(ALICE, "workspace keep 12h");
    assertThat(only(ALICE).keepUntil()).contains(NOW.plus(Duration.ofHours(12)));
    assertThat(fixture.gate(ALICE, "workspace keep off").out())
        .isEqualTo(
            "Workspace main is no longer kept: it is stopped when nobody uses it for 4 h.\n");
    assertThat(only(ALICE).keepUntil()).isEmpty();
  }

  @Test
  void keep_ofStopped_saysSo() {
    fixture.withWorkspace(ALICE, "main", "small", State.STOPPED);
    assertThat(fixture.gate(ALICE, "workspace keep 2d").out())
        .endsWith("(in 2 d). It does not run now.\n");
  }

  @Test
  void keep_longerThanItMayLive_saysSo() {
    fixture.maxLifetime(Duration.ofHours(8)).withWorkspace(ALICE, "main", "small", State.RUNNING);
    assertThat(fixture.gate(ALICE, "workspace keep 12h").out())
        .endsWith(" Its machine type lets it run until 2026-11-24 17:55 UTC at the longest.\n");
    assertThat(fixture.gate(ALICE, "workspace keep 2h").out()).doesNotContain("at the longest");
  }

  @Test
  void show_keptUntilAPastTime_isNotKept() {
    fixture.withWorkspace(ALICE, "main", "small", State.RUNNING);
    fixture.workspaces.keep(only(ALICE).id(), Optional.of(NOW.minusSeconds(1)));
    assertThat(fixture.gate(ALICE, "workspace show").out()).contains("kept until\t-\n");
  }

  @Test
  void delete_withoutYes_saysWhatItDoes() {
    fixture.withWorkspace(ALICE, "main", "small", State.RUNNING);
    assertThat(fixture.gate(ALICE, "workspace delete main").err())
        .isEqualTo(
            "gate: Its processes will end. The home stays. Delete workspace main?"
                + " If you mean it, add --yes\n");
    assertThat(fixture.workspaces.all()).hasSize(1);
  }

  @Test
  void delete_yes_isGone() {
    fixture.withWorkspace(ALICE, "gpu", "gpu", State.STOPPED);
    assertThat(fixture.gate(ALICE, "workspace delete gpu --yes").out())
        .isEqualTo("Workspace gpu is deleted; the home stays.\n");
    assertThat(fixture.workspaces.all()).isEmpty();
  }

  @Test
  void delete_unknown_guesses() {
    fixture.withWorkspace(ALICE, "training", "gpu", State.STOPPED);
    assertThat(fixture.gate(ALICE, "workspace delete trainin --yes"))
        .isEqualTo(
            new Outcome(65, "", "gate: there is no workspace trainin; did you mean 'training'?\n"));
    assertThat(fixture.gate(ALICE, "workspace delete other --yes").err())
        .isEqualTo("gate: there is no workspace other; 'gate workspace list' shows them\n");
  }

  @Test
  void delete_takesItsTime_isWatchedUntilCtrlC() throws Exception {
    fixture.withWorkspace(ALICE, "gpu", "gpu", State.STOPPED);
    fixture.workspaces.deletions = new CompletableFuture<>();
    try (var terminal = new PtyStreams("xterm-256color")) {
      terminal.run(fixture.console(), ALICE, "workspace delete gpu --yes");
      terminal.await("deleting gpu").type("\u0003");
      assertThat(terminal.exit()).isEqualTo(130);
      assertThat(terminal.plainText())
          .endsWith("gate: no longer watching; the deletion goes on, see 'gate workspace list'\n");
    }
  }

  @Test
  void delete_answeredNo_changesNothing() throws Exception {
    fixture.withWorkspace(ALICE, "gpu", "gpu", State.STOPPED);
    try (var terminal = new PtyStreams("xterm-256color")) {
      terminal.run(fixture.console(), ALICE, "workspace delete gpu");
      terminal.await("The home stays. Delete workspace gpu? [y/N] ").type("n\r");
      assertThat(terminal.exit()).isEqualTo(64);
    }
    assertThat(fixture.workspaces.all()).hasSize(1);
  }

  @Test
  void others_asAdministrator_areChangedAndLogged() {
    fixture.workspaces.startsAtOnce = true;
    try (var log = LogLines.ofThisThread()) {
      for (var line :
          new String[] {
            "create training --type gpu",
            "type training small",
            "keep training 1h",
            "start training",
            "stop training",
            "delete training --yes"
          }) {
        var outcome = fixture.gate(ROOT, "workspace " + line + " --user bob");
        assertThat(outcome.exit()).as(outcome.err()).isZero();
        assertThat(outcome.out()).startsWith("Workspace bob/training ");
      }
      assertThat(log.all())
          .containsExactly(
              "[admin] root: workspace create bob/training of type gpu",
              "[admin] root: workspace type bob/training small",
              "[admin] root: workspace keep bob/training until 2026-11-24T11:00:00Z",
              "[admin] root: workspace start bob/training",
              "[admin] root: workspace stop bob/training",
              "[admin] root: workspace delete bob/training");
    }
    assertThat(fixture.workspaces.all()).isEmpty();
  }

  /** What an administrator may use is not what the workspace's owner may. */
  @Test
  void create_forSomebodyElse_isDecidedByTheirRights() {
    assertThat(fixture.gate(ROOT, "workspace create secret").exit()).isZero();
    assertThat(fixture.gate(ROOT, "workspace create secret --user bob").err())
        .isEqualTo("gate: machine type secret is for the groups admins (machine-type-denied)\n");
  }

  @Test
  void create_forSomebodyDisabled_saysWhatToDo() {
    assertThat(fixture.gate(ROOT, "workspace create gpu --user mallory").err())
        .isEqualTo("gate: mallory is disabled; first 'gate user enable mallory'\n");
  }

  @Test
  void delete_ofSomebodyRemoved_isPossible() {
    fixture.withWorkspace(BOB, "main", "small", State.STOPPED);
    fixture.people.remove(BOB.username());
    assertThat(fixture.gate(ROOT, "workspace list --user bob").out()).startsWith("main\t");
    assertThat(fixture.gate(ROOT, "workspace delete main --user bob --yes").exit()).isZero();
    assertThat(fixture.gate(ROOT, "workspace list --user bob").err())
        .isEqualTo("gate: there is nobody called bob\n");
  }
}
