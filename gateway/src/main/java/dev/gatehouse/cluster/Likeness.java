package dev.gatehouse.cluster;

import dev.gatehouse.failure.Quote;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Lets machine types inherit: {@code like: NAME} takes all keys of that type that a type does not
 * say itself, through several types if need be. That there is a type of that name is not checked
 * here.
 */
final class Likeness {
  private static final String LIKE = "like";
  private static final int LONGEST = 20;

  /** What one type is good for does not say what another one is good for. */
  private static final Set<String> OWN = Set.of(LIKE, "description");

  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<String, Section> plain = new LinkedHashMap<>();
  private final Map<String, Section> whole = new LinkedHashMap<>();

  /** Types that inherit nothing, because following them would not end. */
  private final Set<String> endless = new HashSet<>();

  Likeness(Section machineTypes) {
    for (var key : machineTypes.keys()) {
      positions.put(key, plain.size());
      plain.put(key, machineTypes.section(key));
    }
  }

  /** The section of each type by its name, in the order of the file. */
  Map<String, Section> resolve() {
    plain.keySet().forEach(this::follow);
    var inOrder = new LinkedHashMap<String, Section>();
    plain.keySet().forEach(key -> inOrder.put(key, resolve(key)));
    return inOrder;
  }

  private Section resolve(String key) {
    var known = whole.get(key);
    if (known != null) {
      return known;
    }
    var section =
        like(key)
            .filter(_ -> !endless.contains(key))
            .map(other -> plain(key).inheriting(resolve(other), OWN))
            .orElseGet(() -> plain(key));
    whole.put(key, section);
    return section;
  }

  /** Notes a circle once, at the type of it that stands first in the file. */
  private void follow(String key) {
    var types = new ArrayList<>(List.of(key));
    for (var next = like(key); next.isPresent(); next = like(next.get())) {
      if (next.get().equals(key)) {
        if (isFirst(key, types)) {
          refuse(key, "leads back to itself: %s".formatted(sentence(types, key)));
        }
        return;
      }
      if (types.contains(next.get())) {
        return;
      }
      if (types.size() > LONGEST) {
        refuse(key, "goes through more than %d machine types".formatted(LONGEST));
        return;
      }
      types.add(next.get());
    }
  }

  private void refuse(String key, String why) {
    endless.add(key);
    plain(key).refuse(LIKE, why);
  }

  private boolean isFirst(String key, List<String> circle) {
    return circle.stream().allMatch(other -> position(other) >= position(key));
  }

  private int position(String key) {
    return Objects.requireNonNull(positions.get(key));
  }

  private static String sentence(List<String> circle, String start) {
    var names = new ArrayList<>(circle);
    names.add(start);
    return String.join(" is like ", names.stream().map(Quote::of).toList());
  }

  /** The type that this one is like, if there is such a type. */
  private Optional<String> like(String key) {
    return plain(key).peek(LIKE).filter(plain::containsKey);
  }

  private Section plain(String key) {
    return Objects.requireNonNull(plain.get(key));
  }
}
