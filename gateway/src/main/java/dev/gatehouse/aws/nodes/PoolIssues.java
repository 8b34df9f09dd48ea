package dev.gatehouse.aws.nodes;

import dev.gatehouse.cluster.Pool;
import dev.gatehouse.nodes.PoolIssue;
import java.util.Optional;

/** What the definition says of a pool and nobody acts by. */
final class PoolIssues {
  static final String AUTOSCALER = "the cluster autoscaler";

  private PoolIssues() {}

  /** Of a group that the cluster autoscaler scales. */
  static Optional<PoolIssue> ofFixedNumber(Pool pool) {
    return pool.nodes()
        .map(
            nodes ->
                new PoolIssue(
                    "NodesWithoutEffect",
                    "%s decides on the number of nodes between min and max: nodes: %d has no effect"
                        .formatted(AUTOSCALER, nodes),
                    Optional.empty()));
  }
}
