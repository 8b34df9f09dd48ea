package dev.gatehouse.frontdoor;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.CostSettings.WhenSpent;
import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.cost.PriceList;
import dev.gatehouse.cost.Spending;
import dev.gatehouse.cost.Standing;
import dev.gatehouse.cost.ToldPrice;
import dev.gatehouse.cost.TypePrice;
import dev.gatehouse.directory.Person;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What people at a terminal are told of money. Nothing here blocks.
 *
 * @param spending what was spent, as it was known a moment ago
 * @param told prices of a cloud, likewise
 */
public record CostWords(
    Supplier<ClusterDefinition> definition,
    Supplier<Spending> spending,
    Supplier<Map<String, ToldPrice>> told) {
  private static final int CENTS = 2;

  /** Of a platform where nobody counts. */
  public static CostWords none(Supplier<ClusterDefinition> definition) {
    return new CostWords(definition, () -> Spending.NONE, Map::of);
  }

  /** Lines for somebody who logs in, from 80 percent of a budget on; empty if there are none. */
  String atLogin(Person person) {
    return standings(person).filter(Standing::isTold).map(s -> line(s) + "\n").collect(joining());
  }

  /** What is said in open terminals when workspaces may be stopped for it from now on. */
  Optional<String> whenSpent(Person person) {
    return standings(person)
        .filter(s -> s.isSpent() && s.budget().whenSpent() == WhenSpent.STOP_IDLE)
        .map(this::line)
        .findFirst();
  }

  private Stream<Standing> standings(Person person) {
    return spending
        .get()
        .standings(definition.get().costs().budgets(), person.username(), person.groups())
        .stream();
  }

  private String line(Standing standing) {
    return "gatehouse: %s%s ('gate cost' shows more)"
        .formatted(standing.text(definition.get().costs().currency()), standing.consequence());
  }

  /** What a workspace of an expensive type costs, such as {@code up to 5.67 USD an hour}. */
  Optional<String> atStart(MachineType type) {
    var current = definition.get();
    var costs = current.costs();
    return TypePrice.most(
            type.hardware(), current.pools(), new PriceList(costs.prices(), told.get()))
        .filter(price -> price.compareTo(costs.expensive()) >= 0)
        .map(price -> "up to %s %s an hour".formatted(shown(price), costs.currency()));
  }

  private static String shown(BigDecimal price) {
    return price.setScale(CENTS, RoundingMode.HALF_UP).toPlainString();
  }
}
