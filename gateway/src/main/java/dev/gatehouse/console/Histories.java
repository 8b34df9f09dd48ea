package dev.gatehouse.console;

import dev.gatehouse.name.Username;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each person has typed into the interactive console, while this gateway lives. Bounded in
 * both directions: the people that were away longest are forgotten first.
 */
final class Histories {
  private static final int PEOPLE = 1_000;
  private static final int LINES = 200;

  /** Guarded by this. */
  private final Map<Username, Deque<String>> lines = new LinkedHashMap<>(16, 0.75f, true);

  synchronized List<String> of(Username person) {
    return List.copyOf(lines.getOrDefault(person, new ArrayDeque<>()));
  }

  synchronized void add(Username person, String line) {
    var own = lines.computeIfAbsent(person, _ -> new ArrayDeque<>());
    own.addLast(line);
    if (own.size() > LINES) {
      own.removeFirst();
    }
    if (lines.size() > PEOPLE) {
      lines.remove(lines.keySet().iterator().next());
    }
  }
}
