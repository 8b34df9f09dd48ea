package dev.gatehouse.testkit.aws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a service keeps, by name. With a lag, the next reads after a change still see what was
 * before: AWS' answers are eventually consistent.
 */
public final class Store<V> {
  private final Map<String, V> now = new TreeMap<>();
  private final Map<String, Optional<V>> before = new HashMap<>();
  private int lag;
  private int staleReads;
  private int changes;

  /** After each change from here on, so many reads see what was before. */
  public void lag(int reads) {
    lag = reads;
  }

  public void put(String key, V value) {
    changes(key);
    now.put(key, value);
  }

  public void remove(String key) {
    changes(key);
    now.remove(key);
  }

  /** How many there have been. */
  public int changes() {
    return changes;
  }

  /** What is true, for a change. */
  public Optional<V> current(String key) {
    return Optional.ofNullable(now.get(key));
  }

  public Collection<V> allCurrent() {
    return new ArrayList<>(now.values());
  }

  /** What is seen by a read. */
  public Optional<V> read(String key) {
    return isStale() && before.containsKey(key) ? before.get(key) : current(key);
  }

  /** What is seen by a read of all. */
  public Collection<V> readAll() {
    var seen = new TreeMap<>(now);
    if (isStale()) {
      before.forEach(
          (key, value) -> value.ifPresentOrElse(v -> seen.put(key, v), () -> seen.remove(key)));
    }
    return seen.values();
  }

  private boolean isStale() {
    if (staleReads > 0) {
      staleReads--;
      return true;
    }
    before.clear();
    return false;
  }

  private void changes(String key) {
    changes++;
    if (lag > 0) {
      before.putIfAbsent(key, current(key));
      staleReads = lag;
    }
  }
}
