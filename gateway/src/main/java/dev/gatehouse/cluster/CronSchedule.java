package dev.gatehouse.cluster;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When something is due, in the form of crontab(5) and in UTC: minute, hour, day of the month,
 * month, day of the week, of digits, lists, ranges and steps. As there, if both kinds of days are
 * restricted, one that fits is enough.
 */
public record CronSchedule(String text) {
  private static final Pattern FORM = Pattern.compile("[0-9*/,-]{1,40}( [0-9*/,-]{1,40}){4}");
  private static final Pattern ITEM =
      Pattern.compile("(\\*|[0-9]{1,2}(-[0-9]{1,2})?)(/[1-9][0-9]?)?");
  private static final int SUNDAY = 7;

  /** February the 29th comes at least every eight years. */
  private static final int LONGEST_DAYS = 366 * 8;

  /**
   * @throws UserError if the text is malformed, or never due: the rest of a sentence that begins
   *     with its place
   */
  public CronSchedule {
    if (!FORM.matcher(text).matches()) {
      throw wrong(text);
    }
    if (Fields.of(text).latest(Instant.parse("2400-12-31T23:59:59Z")).isEmpty()) {
      throw UserError.usage("is a day that never comes: %s".formatted(Quote.of(text)));
    }
  }

  /** Returns the last moment in which it was due, that one included. */
  public Instant latest(Instant now) {
    return Fields.of(text).latest(now).orElse(Instant.EPOCH);
  }

  @Override
  public String toString() {
    return text;
  }

  private static UserError wrong(String text) {
    return UserError.usage(
        "must be minute, hour, day, month and weekday, such as '17 3 * * *', not "
            + Quote.of(text));
  }

  private record Fields(
      BitSet minutes,
      BitSet hours,
      BitSet days,
      BitSet months,
      BitSet weekdays,
      boolean eitherDay) {

    static Fields of(String text) {
      var fields = text.split(" ", -1);
      var weekdays = set(text, fields[4], 0, SUNDAY);
      if (weekdays.get(0)) {
        weekdays.set(SUNDAY);
      }
      return new Fields(
          set(text, fields[0], 0, 59),
          set(text, fields[1], 0, 23),
          set(text, fields[2], 1, 31),
          set(text, fields[3], 1, 12),
          weekdays,
          !fields[2].startsWith("*") && !fields[4].startsWith("*"));
    }

    private static BitSet set(String text, String field, int least, int most) {
      var set = new BitSet();
      for (var item : field.split(",", -1)) {
        var match = ITEM.matcher(item);
        if (!match.matches()) {
          throw wrong(text);
        }
        var step = match.group(3) == null ? 1 : Integer.parseInt(match.group(3).substring(1));
        var range = match.group(1).equals("*") ? least + "-" + most : match.group(1);
        var ends = range.split("-", -1);
        var first = Integer.parseInt(ends[0]);
        // As in Vixie's cron, 5/10 is 5-59/10.
        var last =
            ends.length > 1 ? Integer.parseInt(ends[1]) : match.group(3) == null ? first : most;
        if (first < least || last > most || first > last) {
          throw wrong(text);
        }
        for (var value = first; value <= last; value += step) {
          set.set(value);
        }
      }
      return set;
    }

    Optional<Instant> latest(Instant now) {
      var moment = now.atOffset(ZoneOffset.UTC);
      var first = moment.toLocalDate();
      for (var back = 0; back < LONGEST_DAYS; back++) {
        var day = first.minusDays(back);
        var time = back == 0 ? moment.toLocalTime() : LocalTime.MAX;
        if (isOn(day)) {
          var found = latest(time);
          if (found.isPresent()) {
            return Optional.of(day.atTime(found.get()).toInstant(ZoneOffset.UTC));
          }
        }
      }
      return Optional.empty();
    }

    private boolean isOn(LocalDate day) {
      var ofMonth = days.get(day.getDayOfMonth());
      var ofWeek = weekdays.get(day.getDayOfWeek().getValue());
      return months.get(day.getMonthValue()) && (eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek);
    }

    private Optional<LocalTime> latest(LocalTime time) {
      for (var hour = hours.previousSetBit(time.getHour());
          hour >= 0;
          hour = hours.previousSetBit(hour - 1)) {
        var minute = minutes.previousSetBit(hour == time.getHour() ? time.getMinute() : 59);
        if (minute >= 0) {
          return Optional.of(LocalTime.of(hour, minute));
        }
        if (hour == 0) {
          break;
        }
      }
      return Optional.empty();
    }
  }
}
