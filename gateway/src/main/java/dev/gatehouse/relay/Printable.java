package dev.gatehouse.relay;

/** Makes text from outside fit for a person's screen and a log line. */
final class Printable {
  private static final int MAX = 400;

  private Printable() {}

  /**
   * One line without control characters, direction marks and the like; at most {@value MAX} long.
   */
  static String line(String text) {
    var out = new StringBuilder();
    text.codePoints().limit(MAX).forEach(c -> out.appendCodePoint(isHarmless(c) ? c : '?'));
    return out.toString();
  }

  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
