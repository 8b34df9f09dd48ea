package dev.gatehouse.console;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Many things of a kind.
 *
 * @param whole the places of the columns that are never cut to fit a terminal
 * @param whenEmpty what a person reads when there is no row
 */
record Table(List<String> columns, List<List<Value>> rows, Set<Integer> whole, String whenEmpty)
    implements Result {

  static <T> Builder<T> of(Collection<T> things) {
    return new Builder<>(things);
  }

  static final class Builder<T> {
    private final List<T> things;
    private final List<String> columns = new ArrayList<>();
    private final List<List<Value>> rows = new ArrayList<>();
    private final Set<Integer> whole = new HashSet<>();

    private Builder(Collection<T> things) {
      this.things = List.copyOf(things);
      this.things.forEach(t -> rows.add(new ArrayList<>()));
    }

    Builder<T> column(String name, Function<T, Value> value) {
      columns.add(name);
      for (var i = 0; i < things.size(); i++) {
        rows.get(i).add(value.apply(things.get(i)));
      }
      return this;
    }

    /** The column last added is of no use when something of it is missing. */
    Builder<T> whole() {
      whole.add(columns.size() - 1);
      return this;
    }

    Table whenEmpty(String sentence) {
      return new Table(
          List.copyOf(columns),
          rows.stream().map(List::copyOf).toList(),
          Set.copyOf(whole),
          sentence);
    }
  }
}
