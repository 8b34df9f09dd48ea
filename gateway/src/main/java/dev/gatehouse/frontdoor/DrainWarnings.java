package dev.gatehouse.frontdoor;

import dev.gatehouse.failure.FailureException;
import dev.gatehouse.nodes.NodeFacts.Occupant;
import dev.gatehouse.nodes.NodeTask;
import dev.gatehouse.nodes.NodeTask.Phase;
import dev.gatehouse.nodes.NodeTasks;
import dev.gatehouse.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people with an open terminal that the node of their workspace is going to be emptied, again
 * in the last minute, and when that is called off. Each gateway tells its own.
 */
public final class DrainWarnings {
  /** How often {@link #round} wants to be called. */
  public static final Duration PAUSE = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(DrainWarnings.class);
  private static final Duration LAST = Duration.ofMinutes(1);

  /**
   * The terminals of one connection.
   *
   * @param workspace that they are in; empty if in none
   * @param tell writes a line to each of them, and returns how many there are
   */
  public record Terminals(long id, Optional<WorkspaceId> workspace, ToIntFunction<String> tell) {}

  /**
   * What a connection was told.
   *
   * @param isLast whether it was told that it is the last minute
   */
  private record Told(String node, Instant leaveAt, boolean isLast) {}

  private final Supplier<List<Terminals>> connections;
  private final Supplier<NodeTasks> tasks;
  private final InstantSource clock;

  /** By connection. */
  private Map<Long, Told> told = new HashMap<>();

  /**
   * @param tasks how far the operator is; may throw a {@link FailureException}
   */
  public DrainWarnings(
      Supplier<List<Terminals>> connections, Supplier<NodeTasks> tasks, InstantSource clock) {
    this.connections = connections;
    this.tasks = tasks;
    this.clock = clock;
  }

  /** Blocks. One thread calls it. */
  public void round() {
    try {
      tell(tasks.get());
    } catch (FailureException e) {
      LOG.debug("what the operator does with nodes is not known now", e);
    }
  }

  private void tell(NodeTasks now) {
    var still = new HashMap<Long, Told>();
    for (var connection : connections.get()) {
      var before = Optional.ofNullable(told.get(connection.id()));
      var task = connection.workspace().flatMap(id -> emptied(now, id));
      task.flatMap(t -> warned(connection, t, before))
          .or(() -> before.filter(b -> !isCalledOff(connection, now, b)))
          .ifPresent(t -> still.put(connection.id(), t));
    }
    told = still;
  }

  private static Optional<NodeTask> emptied(NodeTasks now, WorkspaceId id) {
    var occupant = new Occupant(id.owner().value(), id.name().value());
    return now.nodes().stream()
        .filter(task -> task.phase() == Phase.WARNING && task.leaveAt().isPresent())
        .filter(task -> task.workspaces().stream().anyMatch(m -> m.workspace().equals(occupant)))
        .findFirst();
  }

  /** Returns what it has been told by now; empty if it has no terminal yet. */
  private Optional<Told> warned(Terminals connection, NodeTask task, Optional<Told> before) {
    var leaveAt = task.leaveAt().orElseThrow();
    var left = Duration.between(clock.instant(), leaveAt);
    var next = new Told(task.node(), leaveAt, left.compareTo(LAST) <= 0);
    if (before.equals(Optional.of(next))) {
      return before;
    }
    var line = line(connection.workspace().orElseThrow(), task, left);
    return connection.tell().applyAsInt(line) > 0 ? Optional.of(next) : before;
  }

  /** What is told once is told again when it is not true any more. */
  private static boolean isCalledOff(Terminals connection, NodeTasks now, Told before) {
    var task = now.of(before.node());
    var goesOn =
        task.filter(t -> t.isDraining() || t.phase() == Phase.DRAINED || t.phase() == Phase.STUCK)
            .isPresent();
    if (goesOn) {
      return false;
    }
    var by = task.map(t -> " by " + t.wish().by()).orElse("");
    var _ =
        connection
            .tell()
            .applyAsInt(
                "gatehouse: node %s is not emptied after all, it was called off%s: your workspace goes on"
                    .formatted(before.node(), by));
    return true;
  }

  static String line(WorkspaceId workspace, NodeTask task, Duration left) {
    return ("gatehouse: node %s is emptied for maintenance by %s: workspace %s ends in %s, at %s"
            + " UTC, and starts again on another node. Save your work; files in your home stay."
            + " Connect again afterwards")
        .formatted(
            task.node(),
            task.wish().by(),
            workspace.name(),
            LifetimeWarning.words(left.isNegative() ? Duration.ZERO : left),
            LifetimeWarning.CLOCK.format(task.leaveAt().orElseThrow()));
  }
}
