package dev.gatehouse.platform.pools;

import dev.gatehouse.cluster.Pool;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.nodes.PoolDifference;
import dev.gatehouse.nodes.PoolEngine;
import dev.gatehouse.nodes.PoolState;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An engine that nobody asks for more than its name. */
record NamedEngine(String name) implements PoolEngine {
  @Override
  public Optional<PoolState> look(Pool pool) {
    throw new AssertionError();
  }

  @Override
  public List<PoolDifference> differences(Pool pool, Optional<PoolState> now) {
    throw new AssertionError();
  }

  @Override
  public void apply(Pool pool, Consumer<String> waits) {
    throw new AssertionError();
  }

  @Override
  public void remove(PoolName name, Consumer<String> waits) {
    throw new AssertionError();
  }
}
