package dev.gatehouse.console.editor;

import static java.util.regex.Pattern.CASE_INSENSITIVE;
import static java.util.regex.Pattern.UNICODE_CASE;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** A text with a cursor. Rows and columns count from 0; a column is an index into the row. */
final class TextBuffer {
  /** The most that is taken, in characters: a ConfigMap holds as much. */
  static final int MOST = 1 << 20;

  private static final int MOST_UNDOS = 200;

  /** Of all states that can be gone back to, together. */
  private static final int MOST_UNDO_ROWS = 1 << 20;

  private static final int ALL = -1;

  private final String newline;
  private final ArrayList<String> rows;
  private final Deque<State> before = new ArrayDeque<>();
  private List<String> cut = List.of();
  private int length;
  private int row;
  private int column;

  /** What the last key did: typing in one go is undone in one go. */
  private Kind last = Kind.MOVE;

  private enum Kind {
    MOVE,
    TYPE,
    ERASE,
    CUT,
    OTHER
  }

  private record State(List<String> rows, int row, int column) {}

  /** Keeps the ends of lines that the text has, and whether its last line has one. */
  TextBuffer(String text) {
    var unix = text.replace("\r\n", "").indexOf('\n') >= 0 || text.indexOf("\r\n") < 0;
    newline = unix ? "\n" : "\r\n";
    rows = new ArrayList<>(Arrays.asList(text.split(newline, ALL)));
    length = text.length();
  }

  String text() {
    return String.join(newline, rows);
  }

  List<String> rows() {
    return rows;
  }

  int row() {
    return row;
  }

  int column() {
    return column;
  }

  String current() {
    return rows.get(row);
  }

  /** Goes to the nearest place that there is. */
  void goTo(int wantedRow, int wantedColumn) {
    last = Kind.MOVE;
    row = Math.clamp(wantedRow, 0, rows.size() - 1);
    column = Math.clamp(wantedColumn, 0, current().length());
    // Never into the middle of a character.
    if (column > 0
        && column < current().length()
        && Character.isLowSurrogate(current().charAt(column))) {
      column--;
    }
  }

  void left() {
    if (column > 0) {
      goTo(row, current().offsetByCodePoints(column, -1));
    } else if (row > 0) {
      goTo(row - 1, rows.get(row - 1).length());
    }
  }

  void right() {
    if (column < current().length()) {
      goTo(row, current().offsetByCodePoints(column, 1));
    } else if (row < rows.size() - 1) {
      goTo(row + 1, 0);
    }
  }

  void end() {
    goTo(row, current().length());
  }

  /**
   * Puts a text in front of the cursor, with any ends of lines.
   *
   * @return whether there was room for it
   */
  boolean insert(String text) {
    var lines = text.replace("\r\n", "\n").replace('\r', '\n').split("\n", ALL);
    if (length + text.length() + lines.length * newline.length() > MOST) {
      return false;
    }
    remember(text.isBlank() ? Kind.OTHER : Kind.TYPE);
    var head = current().substring(0, column);
    var tail = current().substring(column);
    if (lines.length == 1) {
      rows.set(row, head + text + tail);
      column += text.length();
    } else {
      rows.set(row, head + lines[0]);
      rows.addAll(row + 1, Arrays.asList(lines).subList(1, lines.length));
      row += lines.length - 1;
      column = current().length();
      rows.set(row, current() + tail);
    }
    length += text.length();
    return true;
  }

  void eraseBefore() {
    if (column > 0 || row > 0) {
      remember(Kind.ERASE);
      left();
      eraseHere();
      last = Kind.ERASE;
    }
  }

  void eraseAfter() {
    if (column < current().length() || row < rows.size() - 1) {
      remember(Kind.ERASE);
      eraseHere();
      last = Kind.ERASE;
    }
  }

  private void eraseHere() {
    if (column < current().length()) {
      var next = current().offsetByCodePoints(column, 1);
      rows.set(row, current().substring(0, column) + current().substring(next));
    } else {
      rows.set(row, current() + rows.remove(row + 1));
    }
    length--;
  }

  /** Takes the row out; rows that are taken out one after the other are put back together. */
  void cutRow() {
    var more = last == Kind.CUT;
    remember(Kind.OTHER);
    var taken = new ArrayList<>(more ? cut : List.<String>of());
    taken.add(current());
    cut = List.copyOf(taken);
    length -= current().length();
    rows.remove(row);
    if (rows.isEmpty()) {
      rows.add("");
    }
    goTo(row, 0);
    last = Kind.CUT;
  }

  /** Puts what was taken out in front of the row; says whether there was room. */
  boolean putBack() {
    var size = cut.stream().mapToInt(r -> r.length() + newline.length()).sum();
    if (length + size > MOST) {
      return false;
    }
    remember(Kind.OTHER);
    rows.addAll(row, cut);
    length += size;
    goTo(row + cut.size(), 0);
    return true;
  }

  /** Goes back to what was before; says whether there is such. */
  boolean undo() {
    var state = before.pollLast();
    if (state == null) {
      return false;
    }
    rows.clear();
    rows.addAll(state.rows);
    length = rows.stream().mapToInt(r -> r.length() + newline.length()).sum();
    goTo(state.row, state.column);
    return true;
  }

  private void remember(Kind kind) {
    if (kind == Kind.OTHER || kind != last) {
      before.addLast(new State(List.copyOf(rows), row, column));
      while (before.size() > MOST_UNDOS || (long) before.size() * rows.size() > MOST_UNDO_ROWS) {
        before.removeFirst();
      }
    }
    last = kind;
  }

  /** Goes to where the words stand next, whatever the case; says whether they stand anywhere. */
  boolean find(String words) {
    var wanted = Pattern.compile(Pattern.quote(words), CASE_INSENSITIVE | UNICODE_CASE);
    for (var i = 0; i <= rows.size(); i++) {
      var at = (row + i) % rows.size();
      var found = wanted.matcher(rows.get(at));
      var from = i == 0 ? Math.min(column + 1, current().length()) : 0;
      if (found.find(from)) {
        goTo(at, found.start());
        return true;
      }
    }
    return false;
  }
}
