package dev.gatehouse.cluster;

import java.util.function.Supplier;

/** The definition as it is now: who asks twice may get two. */
public final class LiveDefinition implements Supplier<ClusterDefinition> {
  private volatile ClusterDefinition current;

  public LiveDefinition(ClusterDefinition first) {
    this.current = first;
  }

  @Override
  public ClusterDefinition get() {
    return current;
  }

  /** From now on this one. */
  public void set(ClusterDefinition next) {
    current = next;
  }
}
