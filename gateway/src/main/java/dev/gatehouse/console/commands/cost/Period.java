package dev.gatehouse.console.commands.cost;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Days of UTC from one to another, both included. */
record Period(LocalDate from, LocalDate to) {
  /** A ConfigMap for each month of the year: the twelfth overwrites the first. */
  private static final int MONTHS_KEPT = 11;

  /**
   * Returns what the options say; the current month if they say nothing.
   *
   * @throws UserError if they contradict each other, or say what is no day
   */
  static Period of(
      Optional<String> day,
      Optional<String> month,
      Optional<String> from,
      Optional<String> to,
      LocalDate today) {
    var ways =
        Stream.of(day.isPresent(), month.isPresent(), from.isPresent() || to.isPresent())
            .filter(is -> is)
            .count();
    if (ways > 1) {
      throw UserError.usage("take one of --day, --month, and --from with --to");
    }
    var period =
        day.map(d -> read("--day", d, LocalDate::parse, "2026-11-30"))
            .map(d -> new Period(d, d))
            .or(
                () ->
                    month
                        .map(m -> read("--month", m, YearMonth::parse, "2026-11"))
                        .map(m -> new Period(m.atDay(1), m.atEndOfMonth())))
            .orElseGet(
                () ->
                    new Period(
                        from.map(d -> read("--from", d, LocalDate::parse, "2026-11-30"))
                            .orElseGet(() -> today.withDayOfMonth(1)),
                        to.map(d -> read("--to", d, LocalDate::parse, "2026-11-30"))
                            .orElse(today)));
    period.check(today);
    return period;
  }

  private void check(LocalDate today) {
    if (to.isBefore(from)) {
      throw UserError.usage("%s is before %s".formatted(to, from));
    }
    if (from.isAfter(today)) {
      throw UserError.usage("%s is still to come; today is %s in UTC".formatted(from, today));
    }
    var first = YearMonth.from(today).minusMonths(MONTHS_KEPT).atDay(1);
    if (from.isBefore(first)) {
      throw UserError.usage(
          "usage is kept from %s on: that of this month and of the %d before"
              .formatted(first, MONTHS_KEPT));
    }
  }

  /** The first first. */
  List<YearMonth> months() {
    return Stream.iterate(YearMonth.from(from), m -> m.plusMonths(1))
        .takeWhile(m -> !m.isAfter(YearMonth.from(to)))
        .toList();
  }

  private static <T> T read(
      String option, String text, Function<CharSequence, T> reader, String such) {
    try {
      return reader.apply(text);
    } catch (DateTimeException e) {
      throw UserError.usage(
          "%s takes a date such as %s, not %s".formatted(option, such, Quote.of(text)));
    }
  }
}
