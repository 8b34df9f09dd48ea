package dev.gatehouse.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers things as they come, from 0. */
final class Numbers<T> {
  private final Map<T, Integer> numbers = new LinkedHashMap<>();

  int of(T thing) {
    return numbers.computeIfAbsent(thing, _ -> numbers.size());
  }

  List<T> all() {
    return new ArrayList<>(numbers.keySet());
  }
}
