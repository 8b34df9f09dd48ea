package dev.gatehouse.nodes;

import java.util.Optional;

/** Where the gateway learns of pools, which it has no right to look at itself. */
public interface PoolOverview {
  /** For a platform without pools, or without anybody who tells of them. */
  PoolOverview NOWHERE = Optional::empty;

  /** What was told last; empty if nothing was. May block for a moment. */
  Optional<PoolReport> latest();
}
