package dev.gatehouse.nodes;

import java.util.Optional;

/** Where the gateway learns of nodes and pools, which it has no right to look at itself. */
public interface NodeOverview {
  /** For a platform without nodes, or without anybody who tells of them. */
  NodeOverview NOWHERE = Optional::empty;

  /** What was told last; empty if nothing was. May block for a moment. */
  Optional<NodeReport> latest();

  /** What was told last of the pools; empty if nothing was. May block for a moment. */
  default Optional<PoolReport> pools() {
    return Optional.empty();
  }
}
