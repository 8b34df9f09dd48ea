package dev.gatehouse.text;

/** {@code 1 session}, {@code 2 sessions}. */
public final class Plural {
  private Plural() {}

  public static String of(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
