package dev.gatehouse.frontdoor;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.workspace.StopRule;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every few seconds tells the workspaces which of them are used through this gateway, and tells
 * their terminals when one comes to the end of its life, or a budget does.
 */
public final class UsageReporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UsageReporter.class);
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(15);

  private final Supplier<ClusterDefinition> definition;
  private final Workspaces workspaces;
  private final Connections connections;
  private final CostWords costs;
  private final InstantSource clock;
  private final Thread thread;

  /** Somebody who has been told of an end is not told of the same again. */
  private record Told(long connection, Instant end) {}

  /** As the end of a budget, which has no time. */
  private static final Instant SPENT = Instant.EPOCH;

  private Set<Told> told = new HashSet<>();

  /** Begins at once. */
  public UsageReporter(
      Supplier<ClusterDefinition> definition,
      Workspaces workspaces,
      Connections connections,
      CostWords costs,
      InstantSource clock) {
    this.costs = costs;
    this.definition = definition;
    this.workspaces = workspaces;
    this.connections = connections;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("use-watch").start(this::walk);
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void walk() {
    try {
      while (true) {
        var pause = StopRule.pause(definition.get(), USUAL_PAUSE);
        Thread.sleep(pause);
        round(pause);
      }
    } catch (InterruptedException e) {
      LOG.debug("the gateway closes");
    }
  }

  private void round(Duration pause) {
    try {
      // Twice: a byte that passed while the last round was looking must not be missed.
      var lately = pause.multipliedBy(2);
      connections.current().stream()
          .filter(c -> c.uses(lately))
          .flatMap(c -> c.workspace().stream())
          .distinct()
          .forEach(workspaces::used);
      warn();
    } catch (FailureException e) {
      LOG.debug("nobody knows how old the workspaces are", e);
    } catch (RuntimeException e) {
      LOG.error("[use-watch-broken] a round failed; there will be others", e);
    }
  }

  private void warn() {
    var still = new HashSet<Told>();
    for (var connection : connections.current()) {
      connection
          .workspace()
          .flatMap(_ -> costs.whenSpent(connection.person()))
          .ifPresent(line -> tell(connection, SPENT, line, still));
      connection
          .workspace()
          .flatMap(this::info)
          .flatMap(info -> warning(info, clock.instant()))
          .ifPresent(warning -> tell(connection, warning.end(), warning.line(), still));
    }
    told = still;
  }

  private void tell(Connection connection, Instant end, String line, Set<Told> still) {
    var now = new Told(connection.id(), end);
    if (told.contains(now) || connection.tell(line) > 0) {
      still.add(now);
    }
  }

  private Optional<WorkspaceInfo> info(WorkspaceId id) {
    return workspaces.list(id.owner()).stream().filter(w -> w.id().equals(id)).findFirst();
  }

  private Optional<LifetimeWarning> warning(WorkspaceInfo info, Instant now) {
    return LifetimeWarning.of(info, StopRule.of(definition.get(), info), now);
  }
}
