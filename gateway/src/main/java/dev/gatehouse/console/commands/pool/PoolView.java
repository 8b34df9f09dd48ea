package dev.gatehouse.console.commands.pool;

import dev.gatehouse.cluster.Pool;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.nodes.PoolIssue;
import dev.gatehouse.nodes.PoolReport.Entry;
import java.util.List;
import java.util.Optional;

/**
 * A pool as it is wished and as it is.
 *
 * @param is empty where nobody has told of it
 */
record PoolView(Pool wished, Optional<Entry> is) {
  private static final Value NONE = new Value.None();

  /** What is ready, and what is on its way. */
  Value nodes() {
    return is.<Value>map(e -> Value.of(nodes(e))).orElse(NONE);
  }

  private static String nodes(Entry entry) {
    return entry
        .desired()
        .filter(desired -> desired != entry.ready())
        .map(desired -> "%d of %d".formatted(entry.ready(), desired))
        .orElse(String.valueOf(entry.ready()));
  }

  /** What is wished, and in brackets what is so, where that differs. */
  Value bound(Optional<Integer> wish, Optional<Integer> now) {
    var text = wish.map(Object::toString).orElse("-");
    return is.filter(Entry::there).isPresent() && is.get().makes() && !wish.equals(now)
        ? Value.of("%s (%s)".formatted(text, now.map(Object::toString).orElse("no bound")))
        : wish.<Value>map(Value.Count::new).orElse(NONE);
  }

  Value max() {
    return bound(wished.max(), is.flatMap(Entry::max));
  }

  /** A minimum that an engine cannot keep is told as an issue. */
  Value min() {
    return new Value.Count(wished.min());
  }

  Value engine() {
    return is.<Value>map(e -> Value.of(e.engine())).orElse(NONE);
  }

  /** Who decides how many there are between min and max. */
  Value decidedBy() {
    return is.<Value>map(e -> Value.of(e.decidedBy().orElse("the definition"))).orElse(NONE);
  }

  Value usualStart() {
    return is.flatMap(Entry::usualStart).<Value>map(Value.Span::new).orElse(NONE);
  }

  List<PoolIssue> issues() {
    return is.map(Entry::issues).orElse(List.of());
  }

  Value state() {
    if (is.isEmpty()) {
      return new Value.State("not known", Line.Style.DIM);
    }
    if (!issues().isEmpty()) {
      return new Value.State(
          issues().size() == 1 ? "1 issue" : issues().size() + " issues", Line.Style.BAD);
    }
    return is.get().isFull()
        ? new Value.State("at its most", Line.Style.BUSY)
        : new Value.State("ok", Line.Style.GOOD);
  }

  Value instanceTypes() {
    return wished.instanceTypes().isEmpty()
        ? is.<Value>map(e -> Value.of(e.instanceTypes())).orElse(NONE)
        : Value.of(wished.instanceTypes());
  }
}
