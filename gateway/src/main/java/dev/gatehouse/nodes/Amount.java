package dev.gatehouse.nodes;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a node has, has promised, or uses.
 *
 * @param millicores of 1000 to a core
 * @param devices by the name of the extended resource, such as {@code nvidia.com/gpu}
 */
public record Amount(long millicores, long memoryBytes, Map<String, Long> devices) {
  public static final Amount NONE = new Amount(0, 0, Map.of());

  private static final String GPU = "/gpu";

  public Amount plus(Amount other) {
    var sum = new TreeMap<>(devices);
    other.devices.forEach((name, count) -> sum.merge(name, count, Long::sum));
    return new Amount(
        millicores + other.millicores, memoryBytes + other.memoryBytes, Map.copyOf(sum));
  }

  /** What is left, in no respect less than nothing. */
  public Amount minus(Amount other) {
    var left = new TreeMap<>(devices);
    left.replaceAll((name, count) -> Math.max(0, count - other.devices.getOrDefault(name, 0L)));
    return new Amount(
        Math.max(0, millicores - other.millicores),
        Math.max(0, memoryBytes - other.memoryBytes),
        Map.copyOf(left));
  }

  /** The larger of the two in each respect. */
  public Amount max(Amount other) {
    var most = new TreeMap<>(devices);
    other.devices.forEach((name, count) -> most.merge(name, count, Math::max));
    return new Amount(
        Math.max(millicores, other.millicores),
        Math.max(memoryBytes, other.memoryBytes),
        Map.copyOf(most));
  }

  public static Amount sum(Collection<Amount> amounts) {
    return amounts.stream().reduce(NONE, Amount::plus);
  }

  /** Devices that are called GPUs, whoever makes them. */
  public long gpus() {
    return devices.entrySet().stream()
        .filter(d -> d.getKey().endsWith(GPU))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
