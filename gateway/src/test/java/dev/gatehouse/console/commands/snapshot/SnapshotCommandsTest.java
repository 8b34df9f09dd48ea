package dev.gatehouse.console.commands.snapshot;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.BOB;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.ConsoleFixture;
import dev.gatehouse.console.ConsoleFixture.Outcome;
import dev.gatehouse.console.PtyStreams;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.testkit.LogLines;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code gate snapshot …}: one's own home for everybody, others' for administrators. */
final class SnapshotCommandsTest {
  private final ConsoleFixture fixture = new ConsoleFixture();

  @BeforeEach
  void homes() {
    fixture.workspaces.homes.add(ALICE.username());
    fixture.workspaces.homes.add(BOB.username());
  }

  @Test
  void create_own_isListed() {
    assertThat(fixture.gate(ALICE, "snapshot create").out())
        .isEqualTo("Snapshot home-alice-1 is made.\n");
    assertThat(fixture.gate(ALICE, "snapshot list").out())
        .isEqualTo("home-alice-1\t2026-11-24T10:00:00Z\tready\tby hand\t21474836480\t-\n");
    assertThat(fixture.gate(BOB, "snapshot list").out()).isEmpty();
  }

  @Test
  void create_asJson_hasItsName() {
    assertThat(fixture.gate(ALICE, "snapshot create --json").out())
        .contains("\"name\" : \"home-alice-1\"", "\"size\" : 21474836480");
  }

  @Test
  void create_others_isForAdministrators() {
    assertThat(fixture.gate(ALICE, "snapshot create --user bob").exit()).isEqualTo(77);
    assertThat(fixture.gate(ROOT, "snapshot create --user bob").out())
        .isEqualTo("Snapshot home-bob-1 is made.\n");
  }

  @Test
  void create_noHome_saysWhenItComes() {
    assertThat(fixture.gate(ROOT, "snapshot create"))
        .isEqualTo(
            new Outcome(
                65, "", "gate: root has no home yet; the first start of a workspace makes it\n"));
  }

  @Test
  void create_clusterMakesNone_saysSo() {
    Objects.requireNonNull(fixture.workspaces.snapshots).failure =
        Optional.of(
            new FailureException(new Failure.Unavailable("no-snapshots", "this cluster has none")));
    assertThat(fixture.gate(ALICE, "snapshot create"))
        .isEqualTo(new Outcome(69, "", "gate: this cluster has none (no-snapshots)\n"));
  }

  @Test
  void list_platformHasNone_saysSo() {
    fixture.workspaces.snapshots = null;
    assertThat(fixture.gate(ALICE, "snapshot list").err())
        .isEqualTo(
            "gate: homes are folders of this machine here, without snapshots (no-snapshots)\n");
  }

  @Test
  void restore_intoAFolder_asksNothing() {
    fixture.gate(ALICE, "snapshot create");
    fixture.withWorkspace(ALICE, "main", "small", State.RUNNING);
    assertThat(fixture.gate(ALICE, "snapshot restore home-alice-1").out())
        .isEqualTo(
            "What home-alice-1 holds is in ~/restored-2026-11-24T10:00:00Z. The rest of the home is"
                + " as it was.\n");
  }

  @Test
  void restore_inPlaceWithYes_tellsWhereTheOldOneIs() {
    fixture.gate(ALICE, "snapshot create");
    assertThat(fixture.gate(ALICE, "snapshot restore home-alice-1 --replace --yes").out())
        .isEqualTo(
            "The home of alice is what it was in home-alice-1. What it was until now is in the"
                + " snapshot home-alice-2.\n");
  }

  @Test
  void restore_inPlace_asksFirst() throws Exception {
    fixture.gate(ALICE, "snapshot create");
    try (var terminal = new PtyStreams("xterm-256color")) {
      terminal.run(fixture.console(), ALICE, "snapshot restore home-alice-1 --replace");
      terminal.await("[y/N] ").type("n\r");
      assertThat(terminal.exit()).isEqualTo(64);
    }
    assertThat(Objects.requireNonNull(fixture.workspaces.snapshots).all).hasSize(1);
  }

  @Test
  void restore_inPlaceWhileSomethingRuns_saysWhatToDo() {
    fixture.gate(ALICE, "snapshot create");
    fixture.withWorkspace(ALICE, "gpu", "gpu", State.RUNNING);
    assertThat(fixture.gate(ALICE, "snapshot restore home-alice-1 --replace --yes"))
        .isEqualTo(
            new Outcome(
                77,
                "",
                "gate: workspace gpu uses the home; first 'gate workspace stop gpu'"
                    + " (home-in-use)\n"));
  }

  @Test
  void restore_anothers_isNotFound() {
    fixture.gate(ALICE, "snapshot create");
    for (var line : new String[] {"restore home-alice-1", "delete home-alice-1 --yes"}) {
      assertThat(fixture.gate(BOB, "snapshot " + line))
          .isEqualTo(
              new Outcome(
                  65,
                  "",
                  "gate: bob has no snapshot home-alice-1; 'gate snapshot list' shows them\n"));
    }
  }

  /** Of somebody who is gone with their home, the snapshots may be all that is left. */
  @Test
  void restore_ofSomebodyWithoutAHome_makesIt() {
    fixture.gate(ALICE, "snapshot create");
    fixture.workspaces.homes.remove(ALICE.username());
    assertThat(
            fixture.gate(ROOT, "snapshot restore home-alice-1 --replace --yes --user alice").out())
        .isEqualTo("The home of alice is what it was in home-alice-1. There was none before.\n");
  }

  @Test
  void delete_withoutYesAndTerminal_changesNothing() {
    fixture.gate(ALICE, "snapshot create");
    assertThat(fixture.gate(ALICE, "snapshot delete home-alice-1"))
        .isEqualTo(
            new Outcome(
                64,
                "",
                "gate: Delete the snapshot home-alice-1 for ever? If you mean it, add --yes\n"));
    assertThat(fixture.gate(ALICE, "snapshot list").out()).isNotEmpty();
  }

  @Test
  void delete_own_isGoneAndInTheLog() {
    fixture.gate(ALICE, "snapshot create");
    try (var log = LogLines.ofThisThread()) {
      assertThat(fixture.gate(ALICE, "snapshot delete home-alice-1 --yes").out())
          .isEqualTo("Snapshot home-alice-1 is deleted.\n");
      assertThat(log.all()).containsExactly("[admin] alice: snapshot delete home-alice-1 of alice");
    }
    assertThat(fixture.gate(ALICE, "snapshot list").out()).isEmpty();
  }
}
