package dev.gatehouse.console.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table whose last column is text of any length: beside the others and going on below itself, or,
 * where they leave too little space, indented below its row.
 *
 * @param columns of the terminal
 */
record WrappedTable(int columns, int gap) {
  private static final int LEAST = 24;
  private static final int INDENT = 2;

  /**
   * @param cells the table's, with the header first
   */
  List<Line> lines(Table table, List<List<Line>> cells) {
    var last = table.columns().size() - 1;
    var widths = TerminalRenderer.widths(cells);
    var start = IntStream.range(0, last).map(i -> widths[i] + gap).sum();
    var beside = columns - start >= LEAST;
    var lines = new ArrayList<Line>();
    lines.add(TerminalRenderer.row(cells.getFirst().subList(0, beside ? last + 1 : last), widths));
    for (var row = 1; row < cells.size(); row++) {
      var head = TerminalRenderer.row(cells.get(row).subList(0, last), widths);
      var text = PlainRenderer.cell(table.rows().get(row - 1).get(last));
      lines.addAll(beside ? beside(head, text, start) : below(head, text));
    }
    return lines;
  }

  private List<Line> beside(Line head, String text, int start) {
    var lines = new ArrayList<Line>();
    for (var part : WordWrap.lines(text, columns - start)) {
      lines.add((lines.isEmpty() ? head : new Line()).pad(start).add(part));
    }
    return lines;
  }

  private List<Line> below(Line head, String text) {
    var lines = new ArrayList<Line>();
    lines.add(head);
    WordWrap.lines(text, Math.max(1, columns - INDENT))
        .forEach(part -> lines.add(new Line().pad(INDENT).add(part)));
    return lines;
  }
}
