package dev.gatehouse.bench;

/** Rows of the table that come from one measurement instead of a series. */
final class Cells {
  private Cells() {}

  /**
   * A row that compares.
   *
   * @param most what the ratio may be
   */
  static String compared(String name, String gateway, String jump, double ratio, double most) {
    return "| %s | %s | %s | ×%.3f | ≤ ×%.3f, %s | |"
        .formatted(name, gateway, jump, ratio, most, met(ratio <= most));
  }

  /** A row without a counterpart. */
  static String alone(String name, String value, String goal, boolean isMet) {
    return "| %s | %s | | | %s, %s | |".formatted(name, value, goal, met(isMet));
  }

  private static String met(boolean isMet) {
    return isMet ? "met" : "not met";
  }
}
