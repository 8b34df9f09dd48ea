package dev.gatehouse.server;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cost.CostBook;
import dev.gatehouse.cost.PriceList;
import dev.gatehouse.cost.Spending;
import dev.gatehouse.cost.ToldPrice;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import dev.gatehouse.scheduling.PeriodicTask;
import java.time.Duration;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps at hand what people have spent this month, for whoever must not wait: looks every minute,
 * and at nothing where the definition has no budgets. While it cannot be found out, what was known
 * last stands.
 */
final class SpendingWatch implements Supplier<Spending>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpendingWatch.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final CostBook book;
  private final Supplier<ClusterDefinition> definition;
  private final Directory directory;
  private final InstantSource clock;
  private final PeriodicTask task;

  private volatile Spending spending = Spending.NONE;
  private volatile Map<String, ToldPrice> told = Map.of();

  /** Begins at once. */
  SpendingWatch(
      CostBook book,
      Supplier<ClusterDefinition> definition,
      Directory directory,
      InstantSource clock) {
    this.book = book;
    this.definition = definition;
    this.directory = directory;
    this.clock = clock;
    this.task = PeriodicTask.every(() -> PAUSE, "spending", this::round);
  }

  /** As it was a minute ago, or less. */
  @Override
  public Spending get() {
    return spending;
  }

  /** Prices that a cloud tells. */
  Map<String, ToldPrice> told() {
    return told;
  }

  /** Whether workspaces of this person are to be stopped soon after their last use. */
  boolean stopsIdle(Username person) {
    return spending.stopsIdle(definition.get().costs().budgets(), person);
  }

  /** Looks at once, and does not wait for it. */
  void soon() {
    task.soon();
  }

  @Override
  public void close() {
    task.close();
  }

  private void round() {
    if (!book.counts()) {
      return;
    }
    var costs = definition.get().costs();
    try {
      told = book.told();
      if (costs.budgets().isEmpty()) {
        spending = Spending.NONE;
        return;
      }
      var month = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
      spending =
          Spending.of(
              month,
              book.month(month),
              new PriceList(costs.prices(), told),
              person -> costs.budgets().groups().isEmpty() ? Set.of() : groups(person));
    } catch (FailureException e) {
      LOG.warn("[spending-unknown] budgets stand as they were known last: {}", e.failure().line());
    }
  }

  /** None of somebody who is gone, or while the directory is away. */
  private Set<GroupName> groups(Username person) {
    return directory.person(person) instanceof PersonLookup.Found(var found)
        ? found.groups()
        : Set.of();
  }
}
