package dev.gatehouse.platform;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Compares two trees of maps, lists and scalars, as YAML and JSON have them, field by field. A list
 * of scalars is one value. Maps in a list are compared by their {@code name}, where each has one of
 * its own, and otherwise by their place.
 */
public final class FieldChanges {
  /** A key that needs no quotes in a path. */
  private static final Pattern PLAIN = Pattern.compile("[\\w/@:-]+");

  private static final String NAME = "name";

  private final List<FieldChange> changes = new ArrayList<>();

  /** What a key leads to that has no value: {@code key:} and {@code key: null}. */
  private enum Null {
    NULL;

    @Override
    public String toString() {
      return "null";
    }
  }

  private FieldChanges() {}

  /**
   * Returns what differs, in the order of the tree before; what is new comes after it.
   *
   * @param before null stands for nothing
   * @param after null stands for nothing
   */
  public static List<FieldChange> between(@Nullable Object before, @Nullable Object after) {
    var found = new FieldChanges();
    found.compare("", Optional.ofNullable(before), Optional.ofNullable(after));
    return List.copyOf(found.changes);
  }

  private void compare(String path, Optional<?> before, Optional<?> after) {
    if (before.stream().allMatch(FieldChanges::isLeaf)
        && after.stream().allMatch(FieldChanges::isLeaf)) {
      leaves(path, before, after);
    } else if (areAll(Map.class, before, after)) {
      entries(
          map(before), map(after), key -> path.isEmpty() ? quoted(key) : path + "." + quoted(key));
    } else if (areAll(Collection.class, before, after)) {
      elements(path, list(before), list(after));
    } else {
      compare(path, before, Optional.empty());
      compare(path, Optional.empty(), after);
    }
  }

  private void leaves(String path, Optional<?> before, Optional<?> after) {
    if (before.isPresent() && after.isPresent()) {
      if (same(before.get(), after.get())) {
        return;
      }
      var alike = text(before.get(), false).equals(text(after.get(), false));
      tell(path, before.map(b -> text(b, alike)), after.map(a -> text(a, alike)));
    } else {
      tell(path, before.map(b -> text(b, false)), after.map(a -> text(a, false)));
    }
  }

  private void tell(String path, Optional<String> before, Optional<String> after) {
    if (before.isPresent() || after.isPresent()) {
      changes.add(new FieldChange(path, before, after));
    }
  }

  private void entries(Map<String, ?> before, Map<String, ?> after, UnaryOperator<String> child) {
    var keys = new LinkedHashSet<String>(before.keySet());
    keys.addAll(after.keySet());
    for (var key : keys) {
      compare(
          child.apply(key),
          Optional.ofNullable(before.get(key)),
          Optional.ofNullable(after.get(key)));
    }
  }

  private void elements(String path, List<?> before, List<?> after) {
    var named = named(before);
    var namedAfter = named(after);
    if (named.isPresent() && namedAfter.isPresent()) {
      entries(named.get(), namedAfter.get(), name -> "%s[%s]".formatted(path, name));
      order(path, named.get().keySet(), namedAfter.get().keySet());
    } else {
      entries(placed(before), placed(after), place -> "%s[%s]".formatted(path, place));
    }
  }

  /** Tells the order of those that stay, where it has changed. */
  private void order(String path, Collection<String> before, Collection<String> after) {
    var stayed = before.stream().filter(after::contains).toList();
    var now = after.stream().filter(before::contains).toList();
    if (!stayed.equals(now)) {
      tell(path, Optional.of(stayed.toString()), Optional.of(now.toString()));
    }
  }

  private static Optional<Map<String, Object>> named(List<?> list) {
    var named = new LinkedHashMap<String, Object>();
    for (var element : list) {
      if (!(element instanceof Map<?, ?> map)
          || !(map.get(NAME) instanceof String name)
          || named.put(name, element) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(named);
  }

  private static Map<String, Object> placed(List<?> list) {
    var placed = new LinkedHashMap<String, Object>();
    for (var i = 0; i < list.size(); i++) {
      placed.put(String.valueOf(i), value(list.get(i)));
    }
    return placed;
  }

  private static boolean isLeaf(Object value) {
    return switch (value) {
      case Map<?, ?> map -> map.isEmpty();
      case Collection<?> list ->
          list.stream().noneMatch(e -> e instanceof Map || e instanceof Collection);
      default -> true;
    };
  }

  private static boolean areAll(Class<?> kind, Optional<?> before, Optional<?> after) {
    return before.stream().allMatch(kind::isInstance) && after.stream().allMatch(kind::isInstance);
  }

  private static Map<String, Object> map(Optional<?> value) {
    var map = new LinkedHashMap<String, Object>();
    if (value.isPresent() && value.get() instanceof Map<?, ?> entries) {
      entries.forEach((k, v) -> map.put(String.valueOf(k), value(v)));
    }
    return map;
  }

  private static List<?> list(Optional<?> value) {
    return value.isPresent() && value.get() instanceof Collection<?> elements
        ? new ArrayList<>(elements)
        : List.of();
  }

  private static Object value(@Nullable Object value) {
    return value == null ? Null.NULL : value;
  }

  private static boolean same(Object one, Object other) {
    if (one instanceof Collection<?> && other instanceof Collection<?>) {
      var ones = new ArrayList<>((Collection<?>) one);
      var others = new ArrayList<>((Collection<?>) other);
      return ones.size() == others.size()
          && IntStream.range(0, ones.size())
              .allMatch(i -> same(value(ones.get(i)), value(others.get(i))));
    }
    return (one instanceof Number && other instanceof Number)
        ? sameNumber(one.toString(), other.toString())
        : one.equals(other);
  }

  private static boolean sameNumber(String one, String other) {
    try {
      return new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
    } catch (NumberFormatException e) {
      // .inf and .nan of YAML.
      return one.equals(other);
    }
  }

  /**
   * @param quoted puts texts into quotes, to tell them from numbers
   */
  private static String text(Object value, boolean quoted) {
    return switch (value) {
      case Collection<?> list ->
          list.stream().map(e -> text(value(e), quoted)).collect(joining(", ", "[", "]"));
      case String text when quoted -> '"' + text + '"';
      default -> value.toString();
    };
  }

  private static String quoted(String key) {
    return PLAIN.matcher(key).matches() ? key : '"' + key + '"';
  }
}
