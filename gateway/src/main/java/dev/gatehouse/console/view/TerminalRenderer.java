package dev.gatehouse.console.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Results for a person's eyes: aligned, with headers, no wider than the terminal. */
record TerminalRenderer(int columns, Instant now) {
  private static final int GAP = 2;
  private static final int NARROWEST = 4;

  List<Line> lines(Result result) {
    return switch (result) {
      case Table table -> table(table);
      case Result.Details details -> details(details);
      case Result.Outcome outcome -> List.of(Line.of(outcome.sentence()));
      case Result.Lines(var lines, var whenEmpty) when lines.isEmpty() -> empty(whenEmpty);
      case Result.Lines lines -> lines.forScreen();
      case Result.Text text -> text.forScreen();
    };
  }

  private List<Line> details(Result.Details details) {
    var widest = details.fields().stream().mapToInt(f -> f.name().length()).max().orElse(0);
    var lines = new ArrayList<Line>();
    for (var field : details.fields()) {
      var name = Line.of(Line.Style.DIM, field.name()).pad(widest + GAP);
      lines.add(name.add(cell(field.value())));
    }
    for (var part : details.parts()) {
      lines.add(new Line());
      lines.addAll(table(part.table()));
    }
    return lines;
  }

  private static List<Line> empty(String sentence) {
    return List.of(Line.of(Line.Style.DIM, sentence));
  }

  private List<Line> table(Table table) {
    if (table.rows().isEmpty()) {
      return empty(table.whenEmpty());
    }
    var shown = fitting(table);
    var cells = cells(shown);
    var last = shown.columns().size() - 1;
    if (shown.columns().get(last).fit() == Table.Fit.WRAP) {
      return new WrappedTable(columns, GAP).lines(shown, cells);
    }
    var widths = fit(widths(cells), shown);
    return cells.stream().map(row -> row(row, widths)).toList();
  }

  /** With what must fit, and of the rest as much as does. */
  private Table fitting(Table table) {
    var shown = isTooWide(table) ? table.withoutEmptyColumns() : table;
    while (isTooWide(shown) && shown.columns().stream().anyMatch(c -> c.fit() == Table.Fit.SPARE)) {
      shown = shown.withoutASpareColumn();
    }
    while (isTooWideThoughCut(shown)) {
      shown = shown.withoutTheLastColumn();
    }
    return shown;
  }

  /** Not where text goes on below: that has space of its own. */
  private boolean isTooWideThoughCut(Table table) {
    return table.columns().size() > 1
        && table.columns().getLast().fit() == Table.Fit.CUT
        && excess(fit(widths(cells(table)), table)) > 0;
  }

  private boolean isTooWide(Table table) {
    return excess(widths(cells(table))) > 0;
  }

  private List<List<Line>> cells(Table table) {
    var cells = new ArrayList<List<Line>>();
    cells.add(table.columns().stream().map(c -> header(c.name())).toList());
    table.rows().forEach(row -> cells.add(row.stream().map(this::cell).toList()));
    return cells;
  }

  private int excess(int[] widths) {
    return IntStream.of(widths).sum() + GAP * (widths.length - 1) - columns;
  }

  private static Line header(String name) {
    return Line.of(Line.Style.DIM, name.toUpperCase(Locale.ROOT));
  }

  static int[] widths(List<List<Line>> cells) {
    return IntStream.range(0, cells.getFirst().size())
        .map(i -> cells.stream().mapToInt(row -> row.get(i).width()).max().orElse(0))
        .toArray();
  }

  /** Takes from the widest column, again and again, until the table fits. */
  private int[] fit(int[] widths, Table table) {
    for (var excess = excess(widths); excess > 0; excess--) {
      var widest =
          IntStream.range(0, widths.length)
              .filter(i -> table.columns().get(i).fit() != Table.Fit.WHOLE)
              .filter(i -> widths[i] > NARROWEST)
              .boxed()
              .max(Comparator.comparingInt(i -> widths[i]));
      if (widest.isEmpty()) {
        break;
      }
      widths[widest.get()]--;
    }
    return widths;
  }

  static Line row(List<Line> cells, int[] widths) {
    var line = new Line();
    var end = 0;
    for (var i = 0; i < cells.size(); i++) {
      line.pad(end).add(cells.get(i).cut(widths[i]));
      end += widths[i] + GAP;
    }
    return line;
  }

  private Line cell(Value value) {
    return switch (value) {
      case Value.Text(var text) -> Line.of(text);
      case Value.Count(var number) -> Line.of(Long.toString(number));
      case Value.Decimal(var number) -> Line.of(number.toPlainString());
      case Value.Bytes(var number) -> Line.of(HumanSize.of(number));
      case Value.Cores cores -> Line.of(cores.roughly());
      case Value.Flag(var on) -> Line.of(on ? "yes" : "no");
      case Value.Moment(var at) -> Line.of(HumanTime.ago(at, now));
      case Value.Span(var length) -> Line.of(HumanTime.span(length));
      case Value.Many(var texts) -> Line.of(texts.isEmpty() ? "-" : String.join(", ", texts));
      case Value.State(var word, var style) -> Line.of(style, word);
      case Value.None() -> Line.of(Line.Style.DIM, "-");
    };
  }
}
