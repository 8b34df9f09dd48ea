package dev.gatehouse.console.view;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people say them: the two largest units, no more. */
public final class HumanTime {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private HumanTime() {}

  public static String span(Duration length) {
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

  /** To the minute, such as {@code 2026-11-30 18:00 UTC}: where a person is, nobody tells us. */
  public static String clock(Instant at) {
    return CLOCK.format(at);
  }

  public static String ago(Instant then, Instant now) {
    return then.isAfter(now)
        ? "in " + span(Duration.between(now, then))
        : span(Duration.between(then, now)) + " ago";
  }

  private static String two(long large, String unit, int small, String smallUnit) {
    return small == 0 ? large + " " + unit : "%d %s %d %s".formatted(large, unit, small, smallUnit);
  }
}
