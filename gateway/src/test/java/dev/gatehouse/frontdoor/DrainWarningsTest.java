package dev.gatehouse.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.frontdoor.DrainWarnings.Terminals;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.nodes.NodeFacts.Occupant;
import dev.gatehouse.nodes.NodeTask;
import dev.gatehouse.nodes.NodeTask.Moved;
import dev.gatehouse.nodes.NodeTask.Phase;
import dev.gatehouse.nodes.NodeTasks;
import dev.gatehouse.nodes.NodeWish;
import dev.gatehouse.nodes.NodeWish.Kind;
import dev.gatehouse.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is told what of a node that is emptied, and when. */
final class DrainWarningsTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  private final List<String> shown = new ArrayList<>();
  private final List<Terminals> connections = new ArrayList<>();
  private Instant now = NOON;
  private NodeTasks tasks = NodeTasks.NONE;
  private final DrainWarnings warnings =
      new DrainWarnings(() -> List.copyOf(connections), () -> tasks, () -> now);

  private void connect(long id, String owner, int terminals) {
    connections.add(
        new Terminals(
            id,
            Optional.of(new WorkspaceId(new Username(owner), new WorkspaceName("main"))),
            line -> {
              shown.add("%d: %s".formatted(id, line));
              return terminals;
            }));
  }

  private static NodeTask warning() {
    return NodeTask.begin(wish(Kind.DRAINED), NOON)
        .in(Phase.WARNING, NOON, "")
        .leaving(NOON.plus(Duration.ofMinutes(10)))
        .with(List.of(new Moved(new Occupant("alice", "main"), "runs on n1", false)));
  }

  private static NodeWish wish(Kind kind) {
    return new NodeWish("n1", kind, "ada", "here", NOON, false, false, false);
  }

  private List<String> round(NodeTask task) {
    shown.clear();
    tasks = new NodeTasks(List.of(task));
    warnings.round();
    return List.copyOf(shown);
  }

  @Test
  void round_warning_tellsWhoIsOnTheNode_once_andInTheLastMinute() {
    connect(7, "alice", 1);
    connect(8, "bob", 1);
    assertThat(round(warning()))
        .containsExactly(
            "7: gatehouse: node n1 is emptied for maintenance by ada: workspace main ends in 10"
                + " min, at 12:10 UTC, and starts again on another node. Save your work; files in"
                + " your home stay. Connect again afterwards");
    assertThat(round(warning())).isEmpty();
    now = NOON.plus(Duration.ofMinutes(9));
    assertThat(round(warning())).hasSize(1).first().asString().contains("ends in 1 min");
    now = now.plusSeconds(10);
    assertThat(round(warning())).isEmpty();
    assertThat(round(warning().in(Phase.EVICTING, now, ""))).isEmpty();
    assertThat(round(warning().in(Phase.DRAINED, now, ""))).isEmpty();
  }

  /** A port forward has nothing to show it on; a terminal may come later. */
  @Test
  void round_noTerminalYet_isToldWhenThereIsOne() {
    connect(7, "alice", 0);
    var _ = round(warning());
    connections.clear();
    connect(7, "alice", 1);
    assertThat(round(warning())).hasSize(1);
  }

  @Test
  void round_calledOff_isToldToThoseWhoWereWarned() {
    connect(7, "alice", 1);
    connect(8, "bob", 1);
    var _ = round(warning());
    var open = NodeTask.begin(wish(Kind.OPEN), now).in(Phase.OPEN, now, "");
    assertThat(round(open))
        .containsExactly(
            "7: gatehouse: node n1 is not emptied after all, it was called off by ada: your"
                + " workspace goes on");
    assertThat(round(open)).isEmpty();
  }

  @Test
  void round_notKnownNow_keepsWhatWasTold() {
    connect(7, "alice", 1);
    var _ = round(warning());
    shown.clear();
    new DrainWarnings(
            List::of,
            () -> {
              throw new FailureException(new Failure.Unavailable("kubernetes-unavailable", "away"));
            },
            () -> now)
        .round();
    assertThat(shown).isEmpty();
  }
}
