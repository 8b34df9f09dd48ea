package dev.gatehouse.failure;

import java.nio.file.Path;

/**
 * What came from outside, made fit for a screen or a log: only printable ASCII passes, and little
 * of it. An escape sequence, a line break or U+202E in a name could otherwise forge a line or drive
 * a terminal.
 */
public final class Quote {
  private static final char MORE = '…';
  private static final int SHOWN = 40;
  private static final int MAX_LINE = 400;

  private Quote() {}

  /** The value in single quotes, shortened to 40 characters. */
  public static String of(String value) {
    return "'" + shorten(value, SHOWN).replace('\'', '?') + "'";
  }

  /** A line of somebody else's, such as a library's message, shortened to 400 characters. */
  public static String plain(String line) {
    return shorten(line.strip(), MAX_LINE);
  }

  /** A path, unquoted, so that it can be copied. */
  public static String path(Path path) {
    return plain(path.toString());
  }

  private static String shorten(String value, int most) {
    var shown = new StringBuilder();
    value
        .codePoints()
        .limit(most)
        .forEach(c -> shown.append((c >= ' ' && c < 0x7f) || c == MORE ? (char) c : '?'));
    return shown
        .append(value.codePointCount(0, value.length()) > most ? String.valueOf(MORE) : "")
        .toString();
  }
}
