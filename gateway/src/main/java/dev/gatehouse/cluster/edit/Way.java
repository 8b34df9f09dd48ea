package dev.gatehouse.cluster.edit;

import dev.gatehouse.cluster.edit.ValuePath.Step;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of a text along a path, as far as they are there. */
final class Way {
  private final Optional<Part> root;
  private final List<Located> parts = new ArrayList<>();
  private final boolean arrived;

  private Way(Optional<Part> root, ValuePath path) {
    this.root = root;
    this.arrived = root.isPresent() && walk(Located.root(root.get()), path);
  }

  static Way along(Optional<Part> root, ValuePath path) {
    return new Way(root, path);
  }

  /** Answers whether the end was reached. */
  private boolean walk(Located from, ValuePath path) {
    parts.add(from);
    for (var i = 0; i < path.steps().size(); i++) {
      var next = next(parts.getLast(), path, i);
      if (next.isEmpty()) {
        return false;
      }
      parts.add(next.get());
    }
    return true;
  }

  private Optional<Located> next(Located from, ValuePath path, int step) {
    return switch (path.steps().get(step)) {
      case Step.Key(var name) -> key(from, name, path, step);
      case Step.Item(var index) -> item(from, index, path, step);
    };
  }

  private Optional<Located> key(Located from, String name, ValuePath path, int step) {
    if (from.part() instanceof Part.Alias alias) {
      throw shared(path.first(step), alias.target());
    }
    if (from.part() instanceof Part.Scalar scalar && scalar.isNothing()) {
      return Optional.empty();
    }
    if (!(from.part() instanceof Part.Mapping mapping)) {
      throw mistake(
          path.first(step), "holds no keys, so there can be no '%s' in it".formatted(name));
    }
    var found = Optional.<Located>empty();
    for (var i = 0; i < mapping.entries().size(); i++) {
      var entry = mapping.entries().get(i);
      if (entry.isFor(name)) {
        if (found.isPresent()) {
          throw mistake(path.first(step + 1), "is given twice; edit the text as a whole");
        }
        found = Optional.of(new Located(entry.value(), Optional.of(from), i));
      }
    }
    return found;
  }

  private Optional<Located> item(Located from, int index, ValuePath path, int step) {
    if (from.part() instanceof Part.Alias alias) {
      throw shared(path.first(step), alias.target());
    }
    if (!(from.part() instanceof Part.Sequence list)) {
      throw mistake(path.first(step), "is no list");
    }
    return index < list.items().size()
        ? Optional.of(new Located(list.items().get(index), Optional.of(from), index))
        : Optional.empty();
  }

  Optional<Located> target() {
    return arrived ? Optional.of(parts.getLast()) : Optional.empty();
  }

  /** Returns the last part that is there; empty if the text says nothing. */
  Optional<Located> nearest() {
    return parts.isEmpty() ? Optional.empty() : Optional.of(parts.getLast());
  }

  /** Returns the keys that are to be made. */
  List<String> missingKeys(ValuePath path) {
    var names = new ArrayList<String>();
    for (var step : path.steps().subList(Math.max(0, parts.size() - 1), path.steps().size())) {
      if (!(step instanceof Step.Key(var name))) {
        throw missing(path);
      }
      names.add(name);
    }
    return names;
  }

  UserError missing(ValuePath path) {
    var there = Math.max(1, parts.size());
    return new UserError(
        ExitCode.DATAERR,
        "the definition has no "
            + Quote.plain(path.first(Math.min(there, path.steps().size())).toString()));
  }

  void requireList(ValuePath path) {
    var part = parts.getLast().part();
    if (part instanceof Part.Alias alias) {
      throw shared(path, alias.target());
    }
    if (!(part instanceof Part.Sequence || (part instanceof Part.Scalar s && s.isNothing()))) {
      throw mistake(path, "is no list");
    }
  }

  /** What an alias stands for would change in two places. */
  void requireOwn(ValuePath path) {
    if (root.isEmpty()) {
      return;
    }
    var aliases = new ArrayList<Use>();
    aliases(root.get(), new ValuePath(List.of()), aliases);
    for (var use : aliases) {
      var target = use.alias().target();
      var onTheWay = parts.stream().anyMatch(p -> p.part().equals(target));
      var below = arrived && holds(parts.getLast().part(), target);
      var usedBelow = arrived && holds(parts.getLast().part(), use.alias());
      if (onTheWay || (below && !usedBelow)) {
        throw new UserError(
            ExitCode.DATAERR,
            "%s and %s are one value, by an anchor and an alias: a change of one would change both; edit the text as a whole"
                .formatted(Quote.plain(path.toString()), Quote.plain(use.path().toString())));
      }
    }
  }

  private record Use(Part.Alias alias, ValuePath path) {}

  private static void aliases(Part part, ValuePath path, List<Use> found) {
    switch (part) {
      case Part.Scalar _ -> {}
      case Part.Alias alias -> found.add(new Use(alias, path));
      case Part.Sequence list -> {
        for (var i = 0; i < list.items().size(); i++) {
          aliases(list.items().get(i), path.item(i), found);
        }
      }
      case Part.Mapping mapping ->
          mapping
              .entries()
              .forEach(
                  e -> {
                    aliases(e.key(), path, found);
                    aliases(
                        e.value(),
                        e.key() instanceof Part.Scalar key ? path.key(key.value()) : path,
                        found);
                  });
    }
  }

  /** A part knows its place in the text, so another one that says the same is not equal. */
  private static boolean holds(Part part, Part inner) {
    return part.equals(inner)
        || switch (part) {
          case Part.Scalar _, Part.Alias _ -> false;
          case Part.Sequence list -> list.items().stream().anyMatch(i -> holds(i, inner));
          case Part.Mapping mapping ->
              mapping.entries().stream()
                  .anyMatch(e -> holds(e.key(), inner) || holds(e.value(), inner));
        };
  }

  private UserError shared(ValuePath path, Part target) {
    var where = place(root.orElseThrow(), target, new ValuePath(List.of()));
    return new UserError(
        ExitCode.DATAERR,
        "%s is an alias of %s: a change of one would change both; edit the text as a whole"
            .formatted(
                Quote.plain(path.toString()),
                Quote.plain(where.map(ValuePath::toString).orElse("another value"))));
  }

  private static Optional<ValuePath> place(Part part, Part wanted, ValuePath path) {
    if (part.equals(wanted)) {
      return Optional.of(path);
    }
    return switch (part) {
      case Part.Scalar _, Part.Alias _ -> Optional.empty();
      case Part.Sequence list -> {
        var found = Optional.<ValuePath>empty();
        for (var i = 0; i < list.items().size() && found.isEmpty(); i++) {
          found = place(list.items().get(i), wanted, path.item(i));
        }
        yield found;
      }
      case Part.Mapping mapping ->
          mapping.entries().stream()
              .filter(e -> e.key() instanceof Part.Scalar)
              .flatMap(
                  e -> place(e.value(), wanted, path.key(((Part.Scalar) e.key()).value())).stream())
              .findFirst();
    };
  }

  private static UserError mistake(ValuePath path, String what) {
    return new UserError(ExitCode.DATAERR, "%s %s".formatted(Quote.plain(path.toString()), what));
  }
}
