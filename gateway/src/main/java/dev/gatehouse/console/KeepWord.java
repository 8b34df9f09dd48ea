package dev.gatehouse.console;

import java.util.List;

/** A word of {@code workspace keep [NAME] TIME}: what it is, its place tells. */
public record KeepWord(String text) {
  public static final String UNTIL = "until";
  public static final String OFF = "off";

  /** Times that are worth a suggestion. */
  static final List<String> TIMES = List.of("12h", "2d", UNTIL, OFF);

  @Override
  public String toString() {
    return text;
  }
}
