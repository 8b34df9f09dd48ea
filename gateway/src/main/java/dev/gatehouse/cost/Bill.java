package dev.gatehouse.cost;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What usage costs, line by line and in all. {@code people + platform + unused = paid}, exactly.
 *
 * @param lines by name
 * @param people what all workspaces cost
 * @param platform what the platform's own pods cost
 * @param unused what nodes cost that nobody was promised
 * @param paid what all nodes cost
 */
public record Bill(List<Line> lines, Charge people, Charge platform, Charge unused, Charge paid) {

  /**
   * Of one person, group, machine type, pool or day.
   *
   * @param seconds how long workspaces ran
   * @param idleSeconds how much of that nobody used them
   * @param idle what that cost; a part of the charge
   */
  public record Line(String name, long seconds, long idleSeconds, Charge charge, Charge idle) {}

  /** Of one kind of node on one day, for which promises and time can be compared. */
  private record Lot(LocalDate day, NodeKind node) {}

  /**
   * Makes the bill.
   *
   * @param groups of a person; a person in several groups stands in the line of each of them, so
   *     lines of groups do not add up to the sum
   */
  public static Bill of(
      Usage usage, PriceList prices, By by, Function<String, ? extends Collection<String>> groups) {
    var lines = new TreeMap<String, Line>();
    for (var use : usage.workspaces()) {
      if (!use.isPlatforms()) {
        for (var name : names(use, by, groups)) {
          lines.merge(name, line(name, use, prices), Bill::together);
        }
      }
    }
    var people = sum(usage.workspaces().stream().filter(w -> !w.isPlatforms()).toList(), prices);
    var platform = sum(usage.workspaces().stream().filter(w -> w.isPlatforms()).toList(), prices);
    var unused = unused(usage, prices);
    return new Bill(
        List.copyOf(lines.values()), people, platform, unused, people.plus(platform).plus(unused));
  }

  /** Returns what one use costs. */
  public static Charge charge(WorkspaceUse use, PriceList prices) {
    return Charge.of(use.nodeMillis(), prices.of(use.node()));
  }

  private static Charge sum(List<WorkspaceUse> uses, PriceList prices) {
    return uses.stream().map(use -> charge(use, prices)).reduce(Charge.NONE, Charge::plus);
  }

  /**
   * Nodes' time less what was promised of it. Where more was promised than there was, which
   * rounding and an operator that was away can make so, nothing is unused.
   */
  private static Charge unused(Usage usage, PriceList prices) {
    var promised =
        usage.workspaces().stream()
            .collect(
                groupingBy(w -> new Lot(w.day(), w.node()), summingLong(WorkspaceUse::nodeMillis)));
    var there =
        usage.nodes().stream()
            .collect(
                groupingBy(n -> new Lot(n.day(), n.node()), summingLong(n -> n.seconds() * 1000)));
    return there.entrySet().stream()
        .map(
            lot ->
                Charge.of(
                    Math.max(0, lot.getValue() - promised.getOrDefault(lot.getKey(), 0L)),
                    prices.of(lot.getKey().node())))
        .reduce(Charge.NONE, Charge::plus);
  }

  private static Collection<String> names(
      WorkspaceUse use, By by, Function<String, ? extends Collection<String>> groups) {
    return switch (by) {
      case PERSON -> List.of(use.person());
      case GROUP -> new HashSet<>(groups.apply(use.person()));
      case TYPE -> List.of(use.machineType());
      case POOL -> List.of(use.node().pool());
      case DAY -> List.of(use.day().toString());
    };
  }

  private static Line line(String name, WorkspaceUse use, PriceList prices) {
    var idle =
        use.seconds() == 0
            ? 0
            : BigDecimal.valueOf(use.nodeMillis())
                .multiply(BigDecimal.valueOf(use.idleSeconds()))
                .divideToIntegralValue(BigDecimal.valueOf(use.seconds()))
                .longValueExact();
    return new Line(
        name,
        use.seconds(),
        use.idleSeconds(),
        charge(use, prices),
        Charge.of(idle, prices.of(use.node())));
  }

  private static Line together(Line one, Line other) {
    return new Line(
        one.name,
        one.seconds + other.seconds,
        one.idleSeconds + other.idleSeconds,
        one.charge.plus(other.charge),
        one.idle.plus(other.idle));
  }
}
