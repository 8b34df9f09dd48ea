package dev.gatehouse.nodes;

import dev.gatehouse.name.PoolName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an engine knows of a pool.
 *
 * @param engine its name
 * @param max {@link #UNBOUNDED} where the engine has no bound
 * @param desired how many nodes it wants now, where it has such a number
 * @param ready how many nodes are ready
 * @param instanceTypes that it may make, or that its nodes are of
 * @param decidedBy who decides on the number of nodes between {@code min} and {@code max}, such as
 *     {@code the cluster autoscaler}; empty where nobody does but the definition
 */
public record PoolState(
    PoolName name,
    String engine,
    int min,
    int max,
    OptionalInt desired,
    int ready,
    List<String> instanceTypes,
    boolean spot,
    List<PoolIssue> issues,
    Optional<String> decidedBy) {
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  public PoolState {
    instanceTypes = List.copyOf(instanceTypes);
    issues = List.copyOf(issues);
  }
}
