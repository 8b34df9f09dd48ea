package dev.gatehouse.platform.pools;

import dev.gatehouse.cluster.Pool;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.nodes.PoolDifference;
import dev.gatehouse.nodes.PoolEngine;
import dev.gatehouse.nodes.PoolIssue;
import dev.gatehouse.nodes.PoolState;
import dev.gatehouse.platform.objects.LiveObjects;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * For a cluster whose nodes somebody else makes, by hand or by a tool that is not known here: it
 * counts them by their label, and changes nothing.
 */
final class LookOnly implements PoolEngine {
  private static final String SOMEBODY = "whoever makes the nodes of this cluster";

  private final LiveObjects live;

  LookOnly(LiveObjects live) {
    this.live = live;
  }

  @Override
  public String name() {
    return "looking only";
  }

  /** A pool is there as soon as it has a node. */
  @Override
  public Optional<PoolState> look(Pool pool) {
    var nodes = PoolNodes.of(live, pool.name());
    return Optional.of(
        new PoolState(
            pool.name(),
            name(),
            0,
            PoolState.UNBOUNDED,
            OptionalInt.empty(),
            nodes.ready(),
            nodes.instanceTypes(),
            false,
            issues(pool, nodes.ready()),
            Optional.of(SOMEBODY)));
  }

  private static List<PoolIssue> issues(Pool pool, int ready) {
    int wished = pool.nodes().orElse(pool.min());
    return ready >= wished
        ? List.of()
        : List.of(
            new PoolIssue(
                "PoolTooSmall",
                "%d of %d nodes are ready; %s must make them, with the label %s=%s"
                    .formatted(ready, wished, SOMEBODY, Pool.LABEL, pool.name()),
                Optional.empty()));
  }

  @Override
  public List<PoolDifference> differences(Pool pool, Optional<PoolState> now) {
    return List.of();
  }

  @Override
  public void apply(Pool pool, Consumer<String> waits) {}

  @Override
  public void remove(PoolName name, Consumer<String> waits) {}
}
