package dev.gatehouse.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * How often each of a few kinds of things has happened since the start. Any thread may count.
 *
 * @param <K> what tells them apart; each value is a time series, so it holds no names of people
 */
public final class Tally<K> {
  private final Map<K, LongAdder> counts = new ConcurrentHashMap<>();

  public void count(K kind) {
    counts.computeIfAbsent(kind, _ -> new LongAdder()).increment();
  }

  public Map<K, Long> counts() {
    return counts.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, e -> e.getValue().sum()));
  }

  long of(K kind) {
    var count = counts.get(kind);
    return count == null ? 0 : count.sum();
  }
}
