package dev.gatehouse.cluster;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads the labels of nodes. */
final class Labels {
  private Labels() {}

  static NavigableMap<String, String> read(Section section) {
    var labels = new TreeMap<String, String>();
    for (var key : section.keys()) {
      section
          .key(key, Quantities::labelKey)
          .flatMap(k -> section.get(k, Quantities::labelValue))
          .ifPresent(value -> labels.put(key, value));
    }
    return Collections.unmodifiableNavigableMap(labels);
  }
}
