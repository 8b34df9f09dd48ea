package dev.gatehouse.nodes;

import dev.gatehouse.cluster.Pool;
import dev.gatehouse.name.PoolName;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who makes the nodes of pools: one implementation for each thing that can. A call asks a cluster
 * or a cloud, may block for as long as that takes, and fails with a {@link
 * dev.gatehouse.failure.FailureException}.
 */
public interface PoolEngine {

  /** For people and {@code pools.json}, such as {@code node groups of EKS}. */
  String name();

  /** Returns what is there, and changes nothing; empty: nothing of this pool yet. */
  Optional<PoolState> look(Pool pool);

  /**
   * Returns what {@link #apply} would change, and changes nothing.
   *
   * @param now what {@link #look} returned
   */
  List<PoolDifference> differences(Pool pool, Optional<PoolState> now);

  /**
   * Makes it so. A second call with the same pool changes nothing.
   *
   * @param waits told what it waits for, as the rest of a sentence
   */
  void apply(Pool pool, Consumer<String> waits) throws InterruptedException;

  /**
   * Takes the pool away, its nodes included. A pool that is not there is no failure.
   *
   * @param waits told what it waits for, as the rest of a sentence
   */
  void remove(PoolName name, Consumer<String> waits) throws InterruptedException;
}
