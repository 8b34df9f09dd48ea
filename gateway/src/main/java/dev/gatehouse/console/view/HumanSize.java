package dev.gatehouse.console.view;

import java.util.Locale;

/** Numbers of bytes as people say them. */
public final class HumanSize {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
  private static final int STEP = 1024;

  private HumanSize() {}

  public static String of(long bytes) {
    var value = (double) bytes;
    var unit = 0;
    while (value >= STEP && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    return value < 10 && unit > 0 && value != Math.rint(value)
        ? String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit])
        : "%d %s".formatted(Math.round(value), UNITS[unit]);
  }
}
