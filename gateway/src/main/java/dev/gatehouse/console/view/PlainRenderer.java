package dev.gatehouse.console.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Results for scripts, stable from release to release: a row a line, cells separated by one tab, no
 * header. Details are {@code name<TAB>value}; rows of a table inside them begin with its name. A
 * missing value is {@code -}, times are ISO 8601.
 */
final class PlainRenderer {
  private PlainRenderer() {}

  static List<Line> lines(Result result) {
    return switch (result) {
      case Table table -> rows(table, Stream.of());
      case Result.Details details -> details(details);
      case Result.Outcome outcome -> List.of(Line.of(outcome.sentence()));
      case Result.Lines lines -> lines.forScreen();
      case Result.Text text -> text.forScreen();
    };
  }

  private static List<Line> details(Result.Details details) {
    var lines = new ArrayList<Line>();
    details.fields().forEach(f -> lines.add(join(Stream.of(f.name(), cell(f.value())))));
    details.parts().forEach(p -> lines.addAll(rows(p.table(), Stream.of(p.name()))));
    return lines;
  }

  private static List<Line> rows(Table table, Stream<String> first) {
    var lead = first.toList();
    return table.rows().stream()
        .map(row -> join(Stream.concat(lead.stream(), row.stream().map(PlainRenderer::cell))))
        .toList();
  }

  private static Line join(Stream<String> cells) {
    var line = new Line();
    cells.forEach(c -> line.tab().add(c));
    return line;
  }

  static String cell(Value value) {
    return switch (value) {
      case Value.Text(var text) -> text.isEmpty() ? "-" : text;
      case Value.Count(var number) -> Long.toString(number);
      case Value.Decimal(var number) -> number.toPlainString();
      case Value.Bytes(var number) -> Long.toString(number);
      case Value.Cores cores -> cores.exactly().toPlainString();
      case Value.Flag(var on) -> on ? "yes" : "no";
      case Value.Moment(var at) -> at.toString();
      case Value.Span(var length) -> length.toString();
      case Value.Many(var texts) -> texts.isEmpty() ? "-" : String.join(",", texts);
      case Value.State(var word, _) -> word;
      case Value.None() -> "-";
    };
  }
}
