package dev.gatehouse.cluster.edit;

import dev.gatehouse.cluster.edit.ValuePath.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a YAML text says, without places, comments and styles. */
sealed interface Content {
  record Scalar(String tag, String value) implements Content {}

  record Sequence(String tag, List<Content> items) implements Content {}

  record Mapping(String tag, List<Pair> pairs) implements Content {}

  record Pair(Content key, Content value) {
    boolean isFor(String name) {
      return key instanceof Scalar scalar && scalar.value().equals(name);
    }
  }

  String NULL = "tag:yaml.org,2002:null";
  String MAP = "tag:yaml.org,2002:map";
  String SEQ = "tag:yaml.org,2002:seq";

  /** Returns no value. */
  static Content nothing() {
    return new Scalar(NULL, "");
  }

  /** Whether there is no value, however that is written. */
  default boolean isNothing() {
    return this instanceof Scalar scalar && scalar.tag().equals(NULL);
  }

  /**
   * Returns this with another value at the end of the steps.
   *
   * @param keys for the names of keys that are new
   * @param change given the value that is there; empty removes it
   */
  default Content with(
      List<Step> steps,
      Function<String, Content> keys,
      Function<Content, Optional<Content>> change) {
    return with(steps, keys, change, nothing()).orElse(this);
  }

  private Optional<Content> with(
      List<Step> steps,
      Function<String, Content> keys,
      Function<Content, Optional<Content>> change,
      Content absent) {
    if (steps.isEmpty()) {
      return change.apply(this);
    }
    var rest = steps.subList(1, steps.size());
    return Optional.of(
        switch (steps.getFirst()) {
          case Step.Item(var index) -> {
            var list = (Sequence) this;
            var items = new ArrayList<>(list.items());
            var now = items.remove(index).with(rest, keys, change, absent);
            now.ifPresent(item -> items.add(index, item));
            yield new Sequence(list.tag(), items);
          }
          case Step.Key(var name) -> {
            var mapping = isNothing() ? new Mapping(MAP, List.of()) : (Mapping) this;
            var pairs = new ArrayList<>(mapping.pairs());
            var at = indexOf(pairs, name);
            var before = at < 0 ? new Pair(keys.apply(name), absent) : pairs.remove(at);
            var now = before.value().with(rest, keys, change, absent);
            var place = at < 0 ? pairs.size() : at;
            now.ifPresent(value -> pairs.add(place, new Pair(before.key(), value)));
            yield new Mapping(mapping.tag(), pairs);
          }
        });
  }

  private static int indexOf(List<Pair> pairs, String name) {
    for (var i = 0; i < pairs.size(); i++) {
      if (pairs.get(i).isFor(name)) {
        return i;
      }
    }
    return -1;
  }
}
