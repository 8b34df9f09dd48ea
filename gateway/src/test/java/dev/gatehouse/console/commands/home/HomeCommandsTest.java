package dev.gatehouse.console.commands.home;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.BOB;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.ConsoleFixture;
import dev.gatehouse.console.ConsoleFixture.Outcome;
import dev.gatehouse.console.PtyStreams;
import dev.gatehouse.testkit.LogLines;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code gate home …}: nothing else that a person can do here loses files. */
final class HomeCommandsTest {
  private static final String WARNING =
      "The home of alice goes for ever, with all files in it. If the storage makes snapshots, one"
          + " is made first.";

  private final ConsoleFixture fixture = new ConsoleFixture();

  @BeforeEach
  void homes() {
    fixture.workspaces.homes.add(ALICE.username());
    fixture.workspaces.homes.add(BOB.username());
  }

  private boolean aliceHasAHome() {
    return fixture.workspaces.homes.contains(ALICE.username());
  }

  @Test
  void show_own_hasItsSizeAndWorkspaces() {
    fixture.withWorkspace(ALICE, "main", "small", State.RUNNING);
    assertThat(fixture.gate(ALICE, "home show").out())
        .isEqualTo(
            """
            owner\talice
            volume\thome-alice
            size\t21474836480
            growth\t-
            workspaces\tmain\trunning\t2026-11-24T09:55:00Z\tsmall\t-\t-
            """);
  }

  @Test
  void show_cannotGrow_saysWhy() {
    fixture.workspaces.growth = Optional.of("does not grow to 40Gi: the reason");
    assertThat(fixture.gate(ALICE, "home show").out())
        .contains("growth\tdoes not grow to 40Gi: the reason\n");
  }

  @Test
  void show_none_saysWhenItComes() {
    assertThat(fixture.gate(ROOT, "home show"))
        .isEqualTo(
            new Outcome(
                65, "", "gate: root has no home yet; the first start of a workspace makes it\n"));
  }

  @Test
  void delete_nameTyped_isGone() throws Exception {
    try (var terminal = new PtyStreams("xterm-256color")) {
      terminal.run(fixture.console(), ALICE, "home delete");
      terminal.await("To go on, type alice: ").type("alice\r");
      assertThat(terminal.exit()).isZero();
      assertThat(terminal.plainText())
          .startsWith("The home of alice goes for ever, with all files in it.")
          .endsWith("The home of alice is deleted. There is no snapshot of it.\n");
    }
    assertThat(aliceHasAHome()).isFalse();
  }

  @Test
  void delete_anythingElseTyped_changesNothing() throws Exception {
    for (var answer : new String[] {"y", "", "Alice", "alice bob", "\u0004"}) {
      try (var terminal = new PtyStreams("xterm-256color")) {
        terminal.run(fixture.console(), ALICE, "home delete");
        terminal.await("To go on, type alice: ").type(answer + "\r");
        assertThat(terminal.exit()).as(answer).isEqualTo(64);
      }
    }
    assertThat(aliceHasAHome()).isTrue();
  }

  @Test
  void delete_withoutYesAndTerminal_changesNothing() {
    assertThat(fixture.gate(ALICE, "home delete", "alice\n"))
        .isEqualTo(new Outcome(64, "", "gate: " + WARNING + " If you mean it, add --yes\n"));
    assertThat(aliceHasAHome()).isTrue();
  }

  @Test
  void delete_withSnapshot_tellsItsName() {
    fixture.workspaces.snapshot = Optional.of("home-alice-1");
    assertThat(fixture.gate(ALICE, "home delete --yes").out())
        .isEqualTo(
            "The home of alice is deleted. What was in it is in the snapshot home-alice-1.\n");
    assertThat(fixture.gate(ROOT, "home delete --user bob --yes --json").out())
        .contains("\"owner\" : \"bob\"", "\"snapshot\" : \"home-alice-1\"");
  }

  @Test
  void delete_whileSomethingRuns_saysWhatToDo() {
    fixture.withWorkspace(ALICE, "gpu", "gpu", State.STARTING);
    assertThat(fixture.gate(ALICE, "home delete --yes"))
        .isEqualTo(
            new Outcome(
                77,
                "",
                "gate: workspace gpu uses the home; first 'gate workspace stop gpu'"
                    + " (home-in-use)\n"));
    assertThat(fixture.gate(ROOT, "home delete --yes --user alice").err())
        .isEqualTo(
            "gate: workspace alice/gpu uses the home;"
                + " first 'gate workspace stop gpu --user alice' (home-in-use)\n");
    assertThat(aliceHasAHome()).isTrue();
  }

  @Test
  void delete_eachTime_isInTheLog() {
    try (var log = LogLines.ofThisThread()) {
      fixture.gate(ALICE, "home delete");
      fixture.gate(ALICE, "home delete --yes");
      fixture.gate(ROOT, "home delete --user bob --yes");
      assertThat(log.all())
          .containsExactly("[admin] alice: home delete alice", "[admin] root: home delete bob");
    }
  }

  @Test
  void delete_none_saysSo() {
    assertThat(fixture.gate(ROOT, "home delete --yes").err()).isEqualTo("gate: root has no home\n");
  }
}
