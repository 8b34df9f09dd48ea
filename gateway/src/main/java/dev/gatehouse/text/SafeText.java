package dev.gatehouse.text;

/**
 * Keeps text from outside from steering a terminal or forging a line: escape sequences, C0 and C1
 * control characters, line breaks, bidirectional overrides and other invisible formatting
 * characters become {@code ?}, one each. All other characters pass, in any language; {@link Quote}
 * is stricter.
 */
public final class SafeText {
  private static final int MAX_LINE = 400;

  private SafeText() {}

  /** Returns the whole text, made safe. */
  public static String of(String text) {
    return first(text.length(), text);
  }

  /** Returns one safe line of at most {@value MAX_LINE} characters, for a log or a notice. */
  public static String line(String text) {
    return first(MAX_LINE, text);
  }

  /** Whether a terminal could be steered, or a line be ended, by this character. */
  public static boolean steers(int codePoint) {
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

  private static String first(int most, String text) {
    var safe = new StringBuilder(Math.min(most, text.length()));
    text.codePoints().limit(most).map(c -> steers(c) ? '?' : c).forEach(safe::appendCodePoint);
    return safe.toString();
  }
}
