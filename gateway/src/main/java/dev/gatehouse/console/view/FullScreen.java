package dev.gatehouse.console.view;

import java.util.ArrayList;
import java.util.List;

/**
 * The whole screen of a terminal, drawn again and again. Only lines that differ from those before
 * are written. It is the terminal's alternate screen: what stood there before comes back in {@link
 * #close}, whichever way the drawing ends.
 */
public final class FullScreen implements AutoCloseable {
  private static final String CSI = "\u001b[";
  private static final String BEGIN = CSI + "?1049h" + CSI + "?25l" + CSI + "H" + CSI + "2J";
  private static final String END = CSI + "?25h" + CSI + "?1049l";
  private static final String CLEAR = CSI + "2J";
  private static final String ERASE_REST = CSI + "K";

  private final Screen screen;
  private List<String> shown = List.of();
  private int columns;
  private int rows;

  /** Takes over the screen; only where {@link Screen.Look#live}. */
  public FullScreen(Screen screen) {
    this.screen = screen;
    this.columns = screen.columns();
    this.rows = screen.rows();
    screen.raw(BEGIN);
  }

  /** Whether the window has another size than when it was drawn last. */
  public boolean isResized() {
    return columns != screen.columns() || rows != screen.rows();
  }

  /** Lines that do not fit are cut; what is below them is empty. */
  public void draw(List<Line> lines) {
    var text = new StringBuilder();
    if (isResized()) {
      columns = screen.columns();
      rows = screen.rows();
      shown = List.of();
      text.append(CLEAR);
    }
    var next = new ArrayList<String>();
    for (var row = 0; row < rows; row++) {
      var line = row < lines.size() ? rendered(lines.get(row)) : "";
      next.add(line);
      if (!line.equals(row < shown.size() ? shown.get(row) : "")) {
        text.append("%s%d;1H%s%s".formatted(CSI, row + 1, line, ERASE_REST));
      }
    }
    shown = next;
    if (!text.isEmpty()) {
      screen.raw(text.toString());
    }
  }

  /** A line as wide as the screen would have some terminals go to the next one. */
  private String rendered(Line line) {
    return line.cut(columns - 1).render(screen.look().colour());
  }

  /** Does nothing for a client that has gone, so that its going is what is told. */
  @Override
  public void close() {
    try {
      screen.raw(END);
    } catch (ClientGone | Interrupted e) {
      // There is no screen left to restore.
    }
  }
}
