package dev.gatehouse.console;

import java.time.Duration;
import java.time.Instant;

/** Times as people say them: the two largest units, no more. */
final class HumanTime {
  private HumanTime() {}

  static String span(Duration length) {
    var d = length.isNegative() ? Duration.ZERO : length;
    if (d.toDays() > 0) {
      return two(d.toDays(), "d", d.toHoursPart(), "h");
    }
    if (d.toHours() > 0) {
      return two(d.toHours(), "h", d.toMinutesPart(), "min");
    }
    if (d.toMinutes() > 0) {
      return two(d.toMinutes(), "min", d.toSecondsPart(), "s");
    }
    return d.toSeconds() + " s";
  }

  static String ago(Instant then, Instant now) {
    return then.isAfter(now)
        ? "in " + span(Duration.between(now, then))
        : span(Duration.between(then, now)) + " ago";
  }

  private static String two(long large, String unit, int small, String smallUnit) {
    return small == 0 ? large + " " + unit : "%d %s %d %s".formatted(large, unit, small, smallUnit);
  }
}
