package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.BOB;
import static dev.gatehouse.console.ConsoleFixture.NOW;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.ConsoleFixture.Outcome;
import dev.gatehouse.workspace.Usage;
import dev.gatehouse.workspace.WorkspaceEvent;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code gate workspace list, show, top, logs, events}: looking, not touching. */
final class WorkspaceInsightTest {
  private final ConsoleFixture fixture =
      new ConsoleFixture()
          .withWorkspace(ALICE, "main", "small", State.RUNNING)
          .withWorkspace(ALICE, "gpu", "gpu", State.RUNNING)
          .withWorkspace(ALICE, "old", "small", State.STOPPED)
          .withWorkspace(BOB, "main", "small", State.RUNNING);

  @Test
  void list_all_saysWhoseTheyAre() {
    assertThat(fixture.gate(ROOT, "workspace list --all").out().lines())
        .extracting(l -> l.replaceAll("\t(running|stopped).*", ""))
        .containsExactly("alice\tgpu", "alice\tmain", "alice\told", "bob\tmain");
    assertThat(fixture.gate(ROOT, "workspace list --user bob").out())
        .isEqualTo("main\trunning\t2026-11-24T09:55:00Z\tsmall\t-\t-\n");
    assertThat(fixture.gate(ROOT, "workspace list --all --user bob").exit()).isEqualTo(64);
  }

  @Test
  void list_withoutAny_saysWhose() throws Exception {
    try (var own = new PtyStreams("xterm-256color");
        var theirs = new PtyStreams("xterm-256color")) {
      own.run(fixture.console(), ROOT, "workspace list");
      own.await("No workspaces yet. To make one: ssh example.com");
      theirs.run(fixture.console(), ROOT, "workspace list --user mallory");
      theirs.await("mallory has no workspaces.");
      assertThat(own.exit() + theirs.exit()).isZero();
    }
  }

  @Test
  void show_json_hasTheMachineAndTheHome() {
    fixture.workspaces.homes.add(ALICE.username());
    assertThat(fixture.gate(ALICE, "workspace show gpu --json").out())
        .contains(
            "\"owner\" : \"alice\"",
            "\"stoppedByHand\" : false",
            "\"keptUntil\" : null",
            "\"idleLimit\" : \"PT4H\"",
            "\"cpu\" : 1,",
            "\"memory\" : 2147483648",
            "\"gpus\" : 0",
            "\"home\" : \"home-alice\"");
  }

  /** It is the command that somebody types then. */
  @Test
  void show_whileTheClusterIsSilent_showsTheRest() {
    fixture.workspaces.down = true;
    var outcome = fixture.gate(ALICE, "workspace show gpu");
    assertThat(outcome.exit()).isZero();
    assertThat(outcome.out()).contains("connect\tssh alice+gpu@example.com\n");
    assertThat(outcome.err())
        .isEqualTo("gate: the home is not shown: no answer (kubernetes-unavailable)\n");
  }

  @Test
  void top_running_isTheBusiestFirst() {
    fixture.workspaces.usages.put("alice/main", new Usage(250, 3L << 20));
    fixture.workspaces.usages.put("alice/gpu", new Usage(3000, 5L << 30));
    fixture.workspaces.usages.put("bob/main", new Usage(9999, 1));
    assertThat(fixture.gate(ALICE, "workspace top").out())
        .isEqualTo(
            """
            gpu\t3\t1\t5368709120\t2147483648
            main\t0.25\t1\t3145728\t2147483648
            """);
    assertThat(fixture.gate(ROOT, "workspace top --all").out())
        .startsWith("bob\tmain\t9.999\t1\t1\t2147483648\nalice\tgpu\t3");
  }

  @Test
  void top_whereNobodyMeasures_hasNoNumbers() {
    assertThat(fixture.gate(ALICE, "workspace top gpu").exit()).isEqualTo(64);
    assertThat(fixture.gate(ALICE, "workspace top").out())
        .isEqualTo("gpu\t-\t1\t-\t2147483648\nmain\t-\t1\t-\t2147483648\n");
  }

  @Test
  void top_onTerminal_isRounded() throws Exception {
    fixture.workspaces.usages.put("bob/main", new Usage(1234, 3L << 29));
    try (var terminal = new PtyStreams("xterm-256color")) {
      terminal.noColor = true;
      terminal.run(fixture.console(), BOB, "workspace top");
      assertThat(terminal.exit()).isZero();
      assertThat(terminal.plainText())
          .isEqualTo(
              """
              NAME  CPU   CPU REQUESTED  MEMORY   MEMORY REQUESTED
              main  1.23  1              1.5 GiB  2 GiB
              """);
    }
  }

  @Test
  void logs_lines_areTheLast() {
    fixture.workspaces.log = List.of("one", "two\tof it", "three");
    assertThat(fixture.gate(ALICE, "workspace logs -n 2").out()).isEqualTo("two    of it\nthree\n");
    assertThat(fixture.gate(ALICE, "workspace logs --json").out())
        .isEqualTo("[ \"one\", \"two\\tof it\", \"three\" ]\n");
    assertThat(fixture.gate(ALICE, "workspace logs -n 0").err())
        .isEqualTo("gate: --lines takes a number from 1 to 10000\n");
  }

  @Test
  void logs_ofNone_saysWhy() throws Exception {
    assertThat(fixture.gate(ALICE, "workspace logs")).isEqualTo(new Outcome(0, "", ""));
    try (var terminal = new PtyStreams("xterm-256color")) {
      terminal.run(fixture.console(), ALICE, "workspace logs old");
      terminal.await("Workspace old does not run, and keeps no log while it is stopped.");
    }
    try (var terminal = new PtyStreams("xterm-256color")) {
      terminal.run(fixture.console(), ALICE, "workspace logs");
      terminal.await("Workspace main has written nothing.");
    }
  }

  @Test
  void events_some_areRows() {
    fixture.workspaces.events =
        List.of(
            new WorkspaceEvent(NOW.minusSeconds(60), "Pulled", "got it", false),
            new WorkspaceEvent(NOW, "FailedScheduling", "0/3 nodes are available", true));
    assertThat(fixture.gate(ALICE, "workspace events").out())
        .isEqualTo(
            """
            2026-11-24T09:59:00Z\tnormal\tPulled\tgot it
            2026-11-24T10:00:00Z\twarning\tFailedScheduling\t0/3 nodes are available
            """);
  }
}
