package dev.gatehouse.console.commands.cost;

import static java.util.stream.Collectors.toMap;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.BillOrder;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.cost.Bill;
import dev.gatehouse.cost.By;
import dev.gatehouse.cost.PriceList;
import dev.gatehouse.cost.Usage;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.Username;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class Cost implements Command {
  private static final String USER = "--user";

  static final CommandInfo ABOUT =
      new CommandInfo(
              "cost",
              Access.ANYBODY,
              "Show what workspaces cost: yours, or as an administrator everybody's",
              "cost",
              "cost --by day --month 2026-11",
              "cost --by group ml",
              "cost --user ada --by type",
              "cost --from 2026-11-01 --to 2026-11-15 --csv")
          .with(USER, Access.ADMINISTRATOR);

  @Option(
      names = "--by",
      paramLabel = "WHAT",
      description =
          "A line for each person, group, type, pool or day. Default: person for administrators,"
              + " type for others.")
  private Optional<BillOrder> by = Optional.empty();

  @Option(names = "--day", paramLabel = "DAY", description = "That day of UTC, such as 2026-11-30.")
  private Optional<String> day = Optional.empty();

  @Option(
      names = "--month",
      paramLabel = "MONTH",
      description = "That month, such as 2026-11. Default: this month so far.")
  private Optional<String> month = Optional.empty();

  @Option(names = "--from", paramLabel = "DAY", description = "From that day on.")
  private Optional<String> from = Optional.empty();

  @Option(names = "--to", paramLabel = "DAY", description = "Until that day, included.")
  private Optional<String> to = Optional.empty();

  @Option(names = "--csv", description = "As comma-separated values, with a header.")
  private boolean csv;

  @Option(
      names = USER,
      paramLabel = "USER",
      description = "What that person's workspaces cost (administrators).")
  private Optional<Username> user = Optional.empty();

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Only that person, group, type, pool or day.")
  private Optional<String> name = Optional.empty();

  @Override
  public void run(Call call) {
    var today = LocalDate.ofInstant(call.services().clock().instant(), ZoneOffset.UTC);
    var period = Period.of(day, month, from, to, today);
    var whose = user.or(() -> own(call));
    var order =
        by.map(BillOrder::by).orElse(whose.isPresent() && name.isEmpty() ? By.TYPE : By.PERSON);
    refuseOthers(call, whose, order);
    var costs = call.services().definition().costs();
    var usage = usage(call, period);
    var bill =
        Bill.of(
            whose.map(w -> usage.of(w.value())).orElse(usage),
            new PriceList(costs.prices(), call.services().costs().told()),
            order,
            order == By.GROUP ? groups(call) : _ -> List.of());
    var view = new BillView(only(bill), order, period, costs.currency(), whose, name.isPresent());
    call.show(csv ? view.csv() : view.details());
  }

  /** Whose alone may be shown; empty for an administrator, who sees everybody's. */
  private static Optional<Username> own(Call call) {
    return call.administrator() ? Optional.empty() : Optional.of(call.person().username());
  }

  /**
   * @throws UserError if somebody who is no administrator asks for another person by name
   */
  private void refuseOthers(Call call, Optional<Username> whose, By order) {
    if (order == By.PERSON
        && name.isPresent()
        && whose.isPresent()
        && !name.get().equals(whose.get().value())) {
      throw call.administrator()
          ? UserError.usage("%s and %s are two people; name one".formatted(whose.get(), name.get()))
          : new UserError(
              ExitCode.NOPERM, "what others' workspaces cost is for administrators to see");
    }
  }

  private static Usage usage(Call call, Period period) {
    return period.months().stream()
        .map(call.services().costs()::month)
        .reduce(Usage.NONE, Usage::plus)
        .between(period.from(), period.to());
  }

  private static Function<String, Collection<String>> groups(Call call) {
    var people =
        call.services().people().people().stream()
            .collect(toMap(p -> p.username().value(), Cost::groups));
    return person -> people.getOrDefault(person, List.of());
  }

  private static List<String> groups(Person person) {
    return person.groups().stream().map(g -> g.value()).toList();
  }

  private Bill only(Bill bill) {
    return name.map(
            n ->
                new Bill(
                    bill.lines().stream().filter(l -> l.name().equals(n)).toList(),
                    bill.people(),
                    bill.platform(),
                    bill.unused(),
                    bill.paid()))
        .orElse(bill);
  }
}
