package dev.gatehouse.nodes;

import dev.gatehouse.name.PoolName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of the pools at one moment.
 *
 * @param at when
 * @param pools those of the definition, by name
 */
public record PoolReport(Instant at, List<Entry> pools) {
  /** It is written every half minute: after this long whoever writes it has stopped. */
  private static final Duration FRESH = Duration.ofMinutes(3);

  /** One node is no rule. */
  private static final int ENOUGH = 2;

  public PoolReport {
    pools = List.copyOf(pools);
  }

  /**
   * One pool.
   *
   * @param engine who makes its nodes, such as {@code Karpenter}
   * @param makes whether the platform has it made; false where it only looks
   * @param decidedBy who decides on the number of nodes, if somebody does
   * @param there whether the engine knows of it
   * @param max empty where the engine has no bound
   * @param desired how many the engine wants now, where it has such a number
   * @param startSeconds how long its last nodes took until they were ready, the oldest first
   * @param measured when the newest of these was made
   */
  public record Entry(
      String name,
      String engine,
      boolean makes,
      Optional<String> decidedBy,
      boolean there,
      int min,
      Optional<Integer> max,
      Optional<Integer> desired,
      int ready,
      List<String> instanceTypes,
      boolean spot,
      List<PoolIssue> issues,
      List<Long> startSeconds,
      Optional<Instant> measured) {

    public Entry {
      instanceTypes = List.copyOf(instanceTypes);
      issues = List.copyOf(issues);
      startSeconds = List.copyOf(startSeconds);
    }

    /** Returns how long a node usually takes: the median, the lower one of two. */
    public Optional<Duration> usualStart() {
      return startSeconds.size() < ENOUGH
          ? Optional.empty()
          : Optional.of(
              Duration.ofSeconds(
                  startSeconds.stream().sorted().toList().get((startSeconds.size() - 1) / 2)));
    }

    /** Whether it has all the nodes that it may have. */
    public boolean isFull() {
      return max.filter(most -> Math.max(ready, desired.orElse(0)) >= most).isPresent();
    }

    /** Who makes the next node: {@code Karpenter}, {@code the cluster autoscaler}, … */
    public String maker() {
      return decidedBy.orElse(engine);
    }
  }

  public boolean isFresh(Instant now) {
    return now.isBefore(at.plus(FRESH));
  }

  public Optional<Entry> of(PoolName name) {
    return pools.stream().filter(pool -> pool.name().equals(name.value())).findFirst();
  }
}
