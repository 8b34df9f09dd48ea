package dev.gatehouse.aws.nodes;

import dev.gatehouse.cluster.Pool;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.nodes.PoolDifference;
import dev.gatehouse.nodes.PoolState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How many nodes a pool may have, and has.
 *
 * @param desired how many there are to be now
 */
record PoolSize(int min, int max, int desired) {

  /**
   * What the definition wants of a group.
   *
   * @param now what it has; empty for a new one
   * @param isAutoscaled whether the cluster autoscaler decides on the number between min and max
   */
  static PoolSize wanted(Pool pool, Optional<PoolSize> now, boolean isAutoscaled) {
    var min = pool.min();
    var fixed = isAutoscaled ? Optional.<Integer>empty() : pool.nodes();
    var max = pool.max().or(() -> now.map(PoolSize::max)).or(pool::nodes).orElse(Math.max(min, 1));
    var desired = now.map(PoolSize::desired).orElse(min);
    return new PoolSize(
        min, max, fixed.orElse(Math.max(min, Math.min(Math.max(min, max), desired))));
  }

  static PoolSize of(PoolState state) {
    return new PoolSize(state.min(), state.max(), state.desired().orElse(state.min()));
  }

  /**
   * Why AWS would refuse it, before AWS is asked: emulators take it, and AWS does not.
   *
   * @param leastMax the smallest that max may be
   */
  Optional<Failure> refusal(Pool pool, int leastMax) {
    var problem =
        min > max
            ? "min %d is more than max %d".formatted(min, max)
            : desired > max
                ? "%d nodes are more than max %d".formatted(desired, max)
                : desired < min
                    ? "%d nodes are less than min %d".formatted(desired, min)
                    : max < leastMax
                        ? "max must be %d at least; min: 0 lets it have no nodes"
                            .formatted(leastMax)
                        : "";
    return problem.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Failure.Denied(
                "pool-size-refused",
                "AWS would refuse pool %s: %s; nothing was asked of it"
                    .formatted(pool.name(), problem)));
  }

  List<PoolDifference> differences(Optional<PoolSize> now) {
    var differences = new ArrayList<PoolDifference>();
    add("min", now.map(PoolSize::min), min, differences);
    add("max", now.map(PoolSize::max), max, differences);
    add("nodes", now.map(PoolSize::desired), desired, differences);
    return differences;
  }

  private static void add(
      String field, Optional<Integer> before, int after, List<PoolDifference> differences) {
    if (!before.equals(Optional.of(after))) {
      differences.add(
          PoolDifference.of(field, before.map(String::valueOf).orElse(""), String.valueOf(after)));
    }
  }
}
