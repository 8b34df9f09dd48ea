package dev.gatehouse.console;

/**
 * The one place that keeps text from outside from steering a terminal: escape sequences, C0 and C1
 * control characters, line breaks, bidirectional overrides and other invisible formatting
 * characters become {@code ?}, one each.
 */
final class SafeText {
  private SafeText() {}

  static String of(String text) {
    var safe = new StringBuilder(text.length());
    text.codePoints().map(c -> steers(c) ? '?' : c).forEach(safe::appendCodePoint);
    return safe.toString();
  }

  private static boolean steers(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
