package dev.gatehouse.console.editor;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.ScreenTerminal;

/** What stands on a terminal after all that was sent to it. */
public record Seen(List<String> rows, int cursorColumn, int cursorRow) {
  /** As a terminal of that size shows it. */
  public static Seen of(String sent, int columns, int rows) {
    var screen = new ScreenTerminal(columns, rows);
    screen.write(sent);
    var cells = new long[columns * rows];
    var cursor = new int[2];
    screen.dump(cells, cursor);
    var seen = new ArrayList<String>();
    for (var row = 0; row < rows; row++) {
      var text = new StringBuilder();
      for (var column = 0; column < columns; column++) {
        var c = ScreenTerminal.cellCodePoint(cells[row * columns + column]);
        text.appendCodePoint(c == 0 ? ' ' : c);
      }
      seen.add(text.toString().stripTrailing());
    }
    return new Seen(List.copyOf(seen), cursor[0], cursor[1]);
  }
}
