package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.NOW;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.nodes.Amount;
import dev.gatehouse.nodes.Node;
import dev.gatehouse.nodes.NodeControl;
import dev.gatehouse.nodes.NodeFacts;
import dev.gatehouse.nodes.NodeReport;
import dev.gatehouse.nodes.NodeTask;
import dev.gatehouse.nodes.NodeTask.Phase;
import dev.gatehouse.nodes.NodeTasks;
import dev.gatehouse.nodes.NodeWish;
import dev.gatehouse.nodes.NodeWish.Kind;
import dev.gatehouse.workspace.WorkspaceEvent;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code gate events}: what happened on the platform, and what happens. */
final class EventsTest {
  private static final WorkspaceEvent PULLED =
      new WorkspaceEvent(NOW.minusSeconds(60), "Pulled", "got it", false);
  private static final WorkspaceEvent EVICTED =
      new WorkspaceEvent(NOW.minusSeconds(30), "Evicted", "the node was low on memory", true);

  private final ConsoleFixture fixture =
      new ConsoleFixture().withWorkspace(ALICE, "main", "small", State.RUNNING);

  EventsTest() {
    fixture.workspaces.events = List.of(PULLED);
  }

  private static long of(String lines, String word) {
    return lines.lines().filter(l -> l.contains(word)).count();
  }

  @Test
  void events_all_areInOrderAndSayWho() {
    fixture.workspaces.events = List.of(EVICTED, PULLED);
    fixture.definitions.change(
        fixture.definitions.current().number(),
        "# new\n",
        new Author("root", "ssh from 192.0.2.7", Optional.of("more room")));
    var out = fixture.gate(ROOT, "events").out();
    assertThat(out)
        .contains(
            """
            2026-11-24T09:59:00Z\tworkspace\talice/main\tPulled\tgot it
            2026-11-24T09:59:30Z\twarning\talice/main\tEvicted\tthe node was low on memory
            """)
        .contains("\tdefinition\trevision 2\tchanged\tby root, ssh from 192.0.2.7: more room\n");
  }

  @Test
  void follow_newEvent_isShownOnceAndCtrlCEnds() throws Exception {
    try (var terminal = new PtyStreams("xterm-256color")) {
      terminal.run(fixture.console(), ROOT, "events --follow").await("Pulled");
      fixture.workspaces.events = List.of(PULLED, EVICTED);
      terminal.await("Evicted").type("\u0003");
      assertThat(terminal.exit()).isEqualTo(130);
      assertThat(of(terminal.plainText(), "Pulled")).isEqualTo(1);
      assertThat(of(terminal.plainText(), "Evicted")).isEqualTo(1);
    }
  }

  /** What Kubernetes says of a node, and what people had done with it. */
  @Test
  void events_ofNodes_areAmongThem() {
    var wish = new NodeWish("n1", Kind.DRAINED, "ada", "", NOW, false, false, false);
    var task = NodeTask.begin(wish, NOW).in(Phase.WARNING, NOW, "alice is told");
    fixture.nodeControl = Optional.of(control(task));
    fixture.nodes = Optional.of(new NodeReport(NOW, List.of(pressed())));
    assertThat(fixture.gate(ROOT, "events").out())
        .contains("2026-11-24T09:59:50Z\twarning\tn1\tNodeHasDiskPressure\tlittle disk\n")
        .contains("2026-11-24T10:00:00Z\tnode\tn1\tdrained\talice is told (for ada)\n");
  }

  private static Node pressed() {
    var none = NodeFacts.NONE;
    return new Node(
        "n1",
        true,
        false,
        List.of("disk"),
        Amount.NONE,
        Amount.NONE,
        Optional.empty(),
        0,
        new NodeFacts(
            "",
            "",
            "",
            Optional.empty(),
            none.system(),
            none.labels(),
            List.of(),
            List.of(),
            List.of(
                new NodeFacts.Event(
                    NOW.minusSeconds(10), "NodeHasDiskPressure", "little disk", true)),
            List.of(),
            110));
  }

  private static NodeControl control(NodeTask task) {
    return new NodeControl() {
      @Override
      public NodeTasks tasks() {
        return new NodeTasks(List.of(task));
      }

      @Override
      public NodeWish wish(NodeWish wish) {
        throw new AssertionError(wish);
      }
    };
  }

  @Test
  void events_withOperator_haveItsParts() {
    fixture.operator = Optional.of(new Parts(part("failed", "no image (rollout-stuck)")));
    assertThat(fixture.gate(ROOT, "events").out())
        .contains("2026-11-24T09:59:40Z\tplatform\tgatehouse\tfailed\tno image (rollout-stuck)\n");
  }

  @Test
  void follow_partChangesItsState_isALineAState() throws Exception {
    var operator = new Parts(part("applying", "1 of 2 pods"));
    fixture.operator = Optional.of(operator);
    try (var terminal = new PtyStreams("xterm-256color")) {
      terminal.run(fixture.console(), ROOT, "events --follow").await("1 of 2 pods");
      operator.now = part("applying", "2 of 2 pods");
      fixture.workspaces.events = List.of(PULLED, EVICTED);
      terminal.await("Evicted");
      operator.now = part("applied", "");
      terminal.await("applied").type("\u0003");
      assertThat(terminal.exit()).isEqualTo(130);
      assertThat(of(terminal.plainText(), "applying")).isEqualTo(1);
    }
  }

  private static OperatorStatus.Part part(String state, String message) {
    return new OperatorStatus.Part("gatehouse", state, NOW.minusSeconds(20), message);
  }

  /** An operator with one part. */
  private static final class Parts implements OperatorStatus {
    private volatile Part now;

    private Parts(Part first) {
      now = first;
    }

    @Override
    public Optional<Report> report() {
      return Optional.of(new Report(1, Optional.of(now.since()), List.of(now), Optional.empty()));
    }

    @Override
    public Instant tryAgain() {
      throw new AssertionError("events only look");
    }
  }

  /** Else it would ask the cluster every two seconds for nobody, for ever. */
  @Test
  void follow_clientGoes_ends() throws Exception {
    try (var terminal = new PtyStreams("xterm-256color")) {
      terminal.run(fixture.console(), ROOT, "events --follow").await("Pulled");
      terminal.vanish();
      assertThat(terminal.exit()).isIn(0, 74);
    }
  }

  @Test
  void follow_json_isALineAnEvent() throws Exception {
    try (var terminal = new PtyStreams("xterm-256color")) {
      terminal.run(fixture.console(), ROOT, "events --follow --json").await("Pulled");
      assertThat(terminal.plainText().lines())
          .anyMatch(l -> l.startsWith("{\"at\":\"2026-11-24T09:59:00Z\"") && l.endsWith("}"));
    }
  }
}
