package dev.gatehouse.console.view;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command found out, as a value. Names are in a person's words ({@code machine type}); JSON
 * makes {@code machineType} of them, so they are stable once released.
 */
public sealed interface Result permits Table, Result.Details, Result.Outcome, Result.Lines, Result.Text {
  record Field(String name, Value value) {}

  record Part(String name, Table table) {}

  /**
   * One thing.
   *
   * @param parts tables that belong to it
   */
  record Details(List<Field> fields, List<Part> parts) implements Result {
    public static Details of(Field... fields) {
      return new Details(List.of(fields), List.of());
    }

    public Details with(Field field) {
      var all = new ArrayList<>(fields);
      all.add(field);
      return new Details(List.copyOf(all), parts);
    }

    public Details with(String name, Table table) {
      var all = new ArrayList<>(parts);
      all.add(new Part(name, table));
      return new Details(fields, List.copyOf(all));
    }
  }

  /**
   * Something was done.
   *
   * @param sentence what people read
   * @param details what JSON says instead
   */
  record Outcome(String sentence, Details details) implements Result {}

  /**
   * Somebody else's text, a line at a time; in JSON an array of strings.
   *
   * @param whenEmpty what a person reads when there is no line
   */
  record Lines(List<String> lines, String whenEmpty) implements Result {
    private static final String TAB = "    ";

    /** For a screen: a tab in the text is not one between columns. */
    List<Line> forScreen() {
      return lines.stream().map(l -> Line.of(l.replace("\t", TAB))).toList();
    }
  }

  /**
   * A text that somebody wrote: on a terminal made safe, and elsewhere exactly as it is, so that a
   * file of it can be given back.
   *
   * @param meaning what JSON says instead: maps, lists and scalars, or null
   */
  record Text(String text, @Nullable Object meaning) implements Result {
    List<Line> forScreen() {
      return text.lines().map(l -> Line.of(l.replace("\t", Lines.TAB))).toList();
    }
  }

  static Field field(String name, Value value) {
    return new Field(name, value);
  }
}
