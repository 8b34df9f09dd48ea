package dev.gatehouse.console;

import java.util.ArrayList;
import java.util.List;

/**
 * What a command found out, as a value. Names are in a person's words ({@code machine type}); JSON
 * makes {@code machineType} of them, so they are stable once released.
 */
sealed interface Result permits Table, Result.Details, Result.Outcome {
  record Field(String name, Value value) {}

  record Part(String name, Table table) {}

  /**
   * One thing.
   *
   * @param parts tables that belong to it
   */
  record Details(List<Field> fields, List<Part> parts) implements Result {
    static Details of(Field... fields) {
      return new Details(List.of(fields), List.of());
    }

    Details with(String name, Table table) {
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

  static Field field(String name, Value value) {
    return new Field(name, value);
  }
}
