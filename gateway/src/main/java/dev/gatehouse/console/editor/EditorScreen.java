package dev.gatehouse.console.editor;

import dev.gatehouse.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.WCWidth;

/** How a text looks: a title, as many rows of it as fit, what there is to say, and the keys. */
final class EditorScreen {
  private static final List<String> KEYS =
      List.of(
          "^O Take   ^W Search   ^K Cut line   ^C Where   ^G Help",
          "^X Leave  ^_ To line  ^U Put back   M-U Undo");

  private static final int TAB_STOP = 4;

  /** Fewer rows show the text alone. */
  private static final int ROOMY = 10;

  private final Terminal terminal;
  private final Display display;
  private final String title;
  private final TextBuffer buffer;
  private final String original;
  private Size size;
  private String message = "";
  private boolean asking;
  private int firstRow;

  EditorScreen(Terminal terminal, String title, TextBuffer buffer, String original) {
    this.terminal = terminal;
    this.title = title;
    this.buffer = buffer;
    this.original = original;
    display = new Display(terminal, true);
    size = terminal.getSize();
  }

  /** Tells something until the next key. */
  void say(String text) {
    message = text;
    asking = false;
  }

  /** As {@link #say}, with the cursor behind it. */
  void ask(String text) {
    message = text;
    asking = true;
  }

  void resize() {
    size = terminal.getSize();
    display.clear();
    display.resize(size);
  }

  void up(int rows) {
    move(buffer.row() - rows);
  }

  void down(int rows) {
    move(buffer.row() + rows);
  }

  /** Keeps the column on the screen, as far as the row is long enough. */
  private void move(int row) {
    var wanted = width(buffer.current().substring(0, buffer.column()));
    buffer.goTo(row, 0);
    buffer.goTo(buffer.row(), indexAt(buffer.current(), wanted));
  }

  /** Returns where that column of the screen begins in a row, or the row's end. */
  private static int indexAt(String row, int wanted) {
    var index = 0;
    for (var column = 0; column < wanted && index < row.length(); ) {
      var c = row.codePointAt(index);
      column += c == '\t' ? TAB_STOP - column % TAB_STOP : columns(safe(c));
      index += Character.charCount(c);
    }
    return index;
  }

  /** How many rows a page has. */
  int page() {
    return Math.max(1, size.getRows() - footer().size() - (roomy() ? 1 : 0));
  }

  private boolean roomy() {
    return size.getRows() >= ROOMY;
  }

  void draw() {
    var footer = footer();
    var page = page();
    scroll(page);
    var lines = new ArrayList<AttributedString>();
    if (roomy()) {
      lines.add(bar());
    }
    var head = lines.size();
    for (var i = 0; i < page; i++) {
      var row = firstRow + i;
      lines.add(row < buffer.rows().size() ? line(row) : AttributedString.EMPTY);
    }
    lines.addAll(footer);
    display.update(lines, asking ? behindQuestion(lines.size()) : cursor(head));
  }

  private void scroll(int page) {
    if (buffer.row() < firstRow) {
      firstRow = buffer.row();
    } else if (buffer.row() >= firstRow + page) {
      firstRow = buffer.row() - page + 1;
    }
    // A larger window shows more of the text, not what is behind its end.
    firstRow = Math.min(firstRow, Math.max(0, buffer.rows().size() - page));
  }

  private int cursor(int head) {
    var before = width(buffer.current().substring(0, buffer.column()));
    return size.cursorPos(
        head + buffer.row() - firstRow, before - skipped(before));
  }

  private int behindQuestion(int lines) {
    var row = lines - (roomy() ? KEYS.size() : 0) - 1;
    return size.cursorPos(row, Math.min(width(lastOf(message)), size.getColumns() - 1));
  }

  private String lastOf(String text) {
    return wrapped(text).getLast();
  }

  /** Returns how many columns of the cursor's row are left of the screen. */
  private int skipped(int before) {
    var columns = size.getColumns();
    return before < columns - 1 ? 0 : before - columns / 2;
  }

  private AttributedString bar() {
    var changed = buffer.text().equals(original) ? "" : "changed";
    var columns = size.getColumns();
    var left = fit(" " + title, Math.max(0, columns - changed.length() - 2));
    var gap = " ".repeat(Math.max(0, columns - width(left) - changed.length() - 1));
    return new AttributedString(
        fit(left + gap + changed + " ", columns), AttributedStyle.INVERSE);
  }

  private AttributedString line(int row) {
    var text = shown(buffer.rows().get(row));
    var columns = size.getColumns();
    if (row == buffer.row()) {
      var skipped = skipped(width(buffer.current().substring(0, buffer.column())));
      text = skipped == 0 ? text : from(text, skipped);
    }
    if (width(text) <= columns) {
      return new AttributedString(text);
    }
    return new AttributedStringBuilder()
        .append(fit(text, columns - 1))
        .append(">", AttributedStyle.INVERSE)
        .toAttributedString();
  }

  private List<AttributedString> footer() {
    var lines = new ArrayList<AttributedString>();
    if (!message.isEmpty() || roomy()) {
      for (var line : wrapped(message)) {
        lines.add(
            new AttributedString(
                line, line.isEmpty() ? AttributedStyle.DEFAULT : AttributedStyle.BOLD));
      }
    }
    if (roomy()) {
      for (var line : KEYS) {
        lines.add(new AttributedString(fit(line, size.getColumns()), AttributedStyle.DEFAULT));
      }
    }
    return lines;
  }

  /** As many rows as leave half of the screen for the text; at least one. */
  private List<String> wrapped(String text) {
    var rows = new ArrayList<String>();
    var columns = Math.max(1, size.getColumns() - 1);
    for (var line : text.split("\n", -1)) {
      var rest = shown(line);
      while (width(rest) > columns) {
        var head = fit(rest, columns);
        var blank = head.lastIndexOf(' ');
        var end = blank > 0 ? blank : Math.max(head.length(), 1);
        rows.add(rest.substring(0, end));
        rest = rest.substring(end).stripLeading();
      }
      rows.add(rest);
    }
    var most = Math.max(1, size.getRows() / 2 - 2);
    var first = asking ? Math.max(0, rows.size() - most) : 0;
    return rows.subList(first, Math.min(rows.size(), first + most));
  }

  /** What a row looks like: nothing of it steers the terminal, and a tab is blanks. */
  private static String shown(String row) {
    var shown = new StringBuilder(row.length());
    var column = 0;
    for (var i = 0; i < row.length(); ) {
      var c = row.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\t') {
        var blanks = TAB_STOP - column % TAB_STOP;
        shown.append(" ".repeat(blanks));
        column += blanks;
      } else {
        shown.appendCodePoint(safe(c));
        column += columns(safe(c));
      }
    }
    return shown.toString();
  }

  /** In columns of the screen. */
  private static int width(String row) {
    return shown(row).codePoints().map(EditorScreen::columns).sum();
  }

  private static int safe(int character) {
    return SafeText.steers(character) ? '?' : character;
  }

  private static int columns(int character) {
    return Math.max(0, WCWidth.wcwidth(character));
  }

  private static String fit(String text, int columns) {
    var end = 0;
    for (var used = 0; end < text.length(); ) {
      var c = text.codePointAt(end);
      used += columns(c);
      if (used > columns) {
        break;
      }
      end += Character.charCount(c);
    }
    return text.substring(0, end);
  }

  private static String from(String text, int columns) {
    var begin = fit(text, columns).length();
    var cut = text.substring(begin);
    // A wide character may lie across the edge.
    var missing = columns - width(text.substring(0, begin));
    return missing > 0 && !cut.isEmpty()
        ? " " + cut.substring(Character.charCount(cut.codePointAt(0)))
        : cut;
  }
}
