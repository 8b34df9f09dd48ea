package dev.gatehouse.platform.pools;

import dev.gatehouse.cluster.AwsSettings;
import dev.gatehouse.cluster.AwsSettings.NodeEngine;
import dev.gatehouse.nodes.PoolEngine;
import java.util.Optional;

/** The engines that need more than the cluster's own API. */
public interface CloudPools {
  /** A program that has none of them. */
  CloudPools NONE = (_, _) -> Optional.empty();

  /** Returns the engine of that kind; empty if there is none. Asks nobody. */
  Optional<PoolEngine> of(NodeEngine kind, AwsSettings aws);
}
