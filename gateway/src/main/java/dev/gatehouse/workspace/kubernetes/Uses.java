package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.workspace.StopRule;
import dev.gatehouse.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes at each workspace when it was last used, so that other gateways know it too. */
final class Uses {
  private static final Logger LOG = LoggerFactory.getLogger(Uses.class);

  /** How exactly the last use is known to other gateways. */
  private static final Duration TOLD_EVERY = Duration.ofMinutes(1);

  private final WorkspaceWrites workspaceWrites;
  private final Supplier<ClusterDefinition> definition;
  private final InstantSource clock;

  /** When it was told last. */
  private final Map<WorkspaceId, Instant> told = new ConcurrentHashMap<>();

  Uses(
      WorkspaceWrites workspaceWrites,
      Supplier<ClusterDefinition> definition,
      InstantSource clock) {
    this.workspaceWrites = workspaceWrites;
    this.definition = definition;
    this.clock = clock;
  }

  void used(WorkspaceId id) {
    var now = clock.instant();
    var before = told.get(id);
    var pause = StopRule.pause(definition.get(), TOLD_EVERY);
    if (before != null && now.isBefore(before.plus(pause))) {
      return;
    }
    told.put(id, now);
    var _ =
        Later.run(
                "used-" + id,
                () -> {
                  var _ =
                      workspaceWrites.annotate(
                          ObjectName.of(id), Map.of(Annotations.LAST_USE, now.toString()));
                })
            .exceptionally(
                e -> {
                  told.remove(id, now); // nobody knows of it, so the next use is told at once
                  LOG.debug("the last use of {} could not be told", id, e);
                  return null;
                });
  }
}
