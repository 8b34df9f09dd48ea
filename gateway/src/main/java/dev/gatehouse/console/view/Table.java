package dev.gatehouse.console.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Many things of a kind.
 *
 * @param whenEmpty what a person reads when there is no row
 */
public record Table(List<Column> columns, List<List<Value>> rows, String whenEmpty)
    implements Result {

  record Column(String name, Fit fit) {}

  /** What becomes of a column on a terminal that is too narrow. */
  public enum Fit {
    /** What does not fit is cut off. */
    CUT,
    /** Never cut: it is of no use when something of it is missing. */
    WHOLE,
    /** Left out: the others say enough. */
    SPARE,
    /** Goes on in further lines; only for the last column. */
    WRAP
  }

  public static <T> Builder<T> of(Collection<T> things) {
    return new Builder<>(things);
  }

  /** For a terminal that is too narrow for all of it: without what is missing in every row. */
  Table withoutEmptyColumns() {
    return keep(i -> rows.stream().anyMatch(row -> isSomething(row.get(i))));
  }

  /** Without the last column that can be spared, if there is one. */
  Table withoutASpareColumn() {
    var last =
        IntStream.range(0, columns.size())
            .filter(i -> columns.get(i).fit() == Fit.SPARE)
            .reduce((_, later) -> later);
    return last.isEmpty() ? this : keep(i -> i != last.getAsInt());
  }

  Table withoutTheLastColumn() {
    return keep(i -> i < columns.size() - 1);
  }

  private Table keep(Predicate<Integer> wanted) {
    var kept = IntStream.range(0, columns.size()).boxed().filter(wanted).toList();
    return new Table(
        kept.stream().map(columns::get).toList(),
        rows.stream().map(row -> kept.stream().map(row::get).toList()).toList(),
        whenEmpty);
  }

  private static boolean isSomething(Value value) {
    return !(value instanceof Value.None)
        && !(value instanceof Value.Many many && many.texts().isEmpty());
  }

  public static final class Builder<T> {
    private final List<T> things;
    private final List<Column> columns = new ArrayList<>();
    private final List<List<Value>> rows = new ArrayList<>();

    private Builder(Collection<T> things) {
      this.things = List.copyOf(things);
      this.things.forEach(t -> rows.add(new ArrayList<>()));
    }

    public Builder<T> column(String name, Function<T, Value> value) {
      return column(name, Fit.CUT, value);
    }

    public Builder<T> column(String name, Fit fit, Function<T, Value> value) {
      columns.add(new Column(name, fit));
      for (var i = 0; i < things.size(); i++) {
        rows.get(i).add(value.apply(things.get(i)));
      }
      return this;
    }

    public Table whenEmpty(String sentence) {
      return new Table(List.copyOf(columns), rows.stream().map(List::copyOf).toList(), sentence);
    }
  }
}
