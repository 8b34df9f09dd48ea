package dev.gatehouse.console;

/** Text for a page of Markdown. */
public final class Markdown {
  private Markdown() {}

  /** As it stands, outside of code. */
  public static String text(String text) {
    return text.replaceAll("([*_<>\\[\\]|`])", "\\\\$1");
  }

  /** A cell of a table, as code. */
  public static String code(String text) {
    return text.isEmpty() ? "" : "`%s`".formatted(text.replace("|", "\\|"));
  }
}
