package dev.gatehouse.console;

/** {@code 1 session}, {@code 2 sessions}. */
final class Plural {
  private Plural() {}

  static String of(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
