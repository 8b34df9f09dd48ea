package dev.gatehouse.console.commands.cost;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.cost.Bill;
import dev.gatehouse.cost.Bill.Line;
import dev.gatehouse.cost.By;
import dev.gatehouse.cost.Charge;
import dev.gatehouse.name.Username;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A bill for people and for programs.
 *
 * @param isPart whether some lines are left out; then there are no sums
 * @param whose alone it is about; then nodes that nobody uses are not told of
 */
record BillView(
    Bill bill, By by, Period period, String currency, Optional<Username> whose, boolean isPart) {
  private static final BigDecimal SECONDS = BigDecimal.valueOf(3600);
  private static final BigDecimal MILLIS = BigDecimal.valueOf(3_600_000);

  Result.Details details() {
    var details =
        Result.Details.of(
            Result.field("from", Value.of(period.from())),
            Result.field("to", Value.of(period.to())),
            Result.field("currency", Value.of(currency)));
    if (whose.isPresent()) {
      details = details.with(Result.field("person", Value.of(whose.get())));
    }
    return (isPart ? details : withSums(details)).with("lines", table());
  }

  private Result.Details withSums(Result.Details details) {
    var sums = details.with(Result.field("workspaces", money(bill.people())));
    if (whose.isEmpty()) {
      sums =
          sums.with(Result.field("the platform itself", money(bill.platform())))
              .with(Result.field("unused nodes", money(bill.unused())))
              .with(Result.field("nodes in all", money(bill.paid())));
    }
    return bill.paid().unpricedMillis() == 0
        ? sums
        : sums.with(
            Result.field("node hours without a price", nodeHours(bill.paid().unpricedMillis())));
  }

  private Table table() {
    var table =
        Table.of(bill.lines())
            .column(title(), l -> Value.of(name(l)))
            .column("hours", l -> hours(l.seconds()))
            .column("idle hours", Table.Fit.SPARE, l -> hours(l.idleSeconds()))
            .column("cost", Table.Fit.WHOLE, l -> money(l.charge()))
            .column("idle cost", Table.Fit.SPARE, l -> money(l.idle()));
    if (bill.lines().stream().anyMatch(l -> l.charge().unpricedMillis() > 0)) {
      table.column("node hours without a price", l -> nodeHours(l.charge().unpricedMillis()));
    }
    return table.whenEmpty("Nothing was used from %s to %s.".formatted(period.from(), period.to()));
  }

  private String title() {
    return switch (by) {
      case PERSON -> "person";
      case GROUP -> "group";
      case TYPE -> "machine type";
      case POOL -> "pool";
      case DAY -> "day";
    };
  }

  private static String name(Line line) {
    return line.name().isEmpty() ? "(none)" : line.name();
  }

  private static Value money(Charge charge) {
    return charge.isUnpriced() ? Value.of("no price known") : new Value.Decimal(charge.money());
  }

  private static Value nodeHours(long millis) {
    return new Value.Decimal(BigDecimal.valueOf(millis).divide(MILLIS, 1, RoundingMode.HALF_UP));
  }

  private static Value hours(long seconds) {
    return new Value.Decimal(BigDecimal.valueOf(seconds).divide(SECONDS, 1, RoundingMode.HALF_UP));
  }

  /** One line for each line of the bill; what is unused and the platform's own come after them. */
  Result.Text csv() {
    var rows =
        Stream.concat(
                bill.lines().stream().map(this::row),
                whose.isPresent() || isPart
                    ? Stream.of()
                    : Stream.of(
                        row("(the platform itself)", "", "", bill.platform(), ""),
                        row("(unused nodes)", "", "", bill.unused(), "")))
            .toList();
    var header =
        Stream.of(
            title(),
            "hours",
            "idle hours",
            "cost",
            "idle cost",
            "node hours without a price",
            "currency");
    return new Result.Text(
        Stream.concat(Stream.of(header.collect(joining(","))), rows.stream())
            .map(row -> row + "\n")
            .collect(joining()),
        Map.of("csv", List.copyOf(rows)));
  }

  private String row(Line line) {
    return row(
        name(line),
        plain(hours(line.seconds())),
        plain(hours(line.idleSeconds())),
        line.charge(),
        line.charge().isUnpriced() ? "" : line.idle().money().toPlainString());
  }

  private String row(String name, String hours, String idleHours, Charge charge, String idle) {
    return String.join(
        ",",
        name,
        hours,
        idleHours,
        charge.isUnpriced() ? "" : charge.money().toPlainString(),
        idle,
        plain(nodeHours(charge.unpricedMillis())),
        currency);
  }

  private static String plain(Value value) {
    return value instanceof Value.Decimal(var number) ? number.toPlainString() : "";
  }
}
