package dev.gatehouse.cost;

import dev.gatehouse.cluster.CostSettings.Budgets;
import dev.gatehouse.cluster.CostSettings.WhenSpent;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What people have spent in a month so far.
 *
 * @param people by user name; who is not in it has spent nothing
 * @param groupsOf the groups of those who have
 * @param groups what their members have spent together
 */
public record Spending(
    YearMonth month,
    Map<Username, Charge> people,
    Map<Username, Set<GroupName>> groupsOf,
    Map<GroupName, Charge> groups,
    Charge everybody) {
  public static final Spending NONE =
      new Spending(YearMonth.of(1970, 1), Map.of(), Map.of(), Map.of(), Charge.NONE);

  /**
   * Adds up.
   *
   * @param usage of the month
   * @param groupsOf a person; asked once for each
   */
  public static Spending of(
      YearMonth month, Usage usage, PriceList prices, Function<Username, Set<GroupName>> groupsOf) {
    var people = new HashMap<Username, Charge>();
    var everybody = Charge.NONE;
    for (var use : usage.workspaces()) {
      if (!use.isPlatforms()) {
        var charge = Bill.charge(use, prices);
        people.merge(new Username(use.person()), charge, Charge::plus);
        everybody = everybody.plus(charge);
      }
    }
    var known = new HashMap<Username, Set<GroupName>>();
    var groups = new HashMap<GroupName, Charge>();
    people.forEach(
        (person, charge) -> {
          var own = Set.copyOf(groupsOf.apply(person));
          known.put(person, own);
          own.forEach(group -> groups.merge(group, charge, Charge::plus));
        });
    return new Spending(
        month, Map.copyOf(people), Map.copyOf(known), Map.copyOf(groups), everybody);
  }

  /** How the budgets stand that a person spends from, their own first. */
  public List<Standing> standings(
      Budgets budgets, Username person, Collection<GroupName> personsGroups) {
    var standings = new ArrayList<Standing>();
    var spent = people.getOrDefault(person, Charge.NONE);
    var own = budgets.people().get(person);
    if (own != null) {
      standings.add(
          new Standing(
              "your budget", "costs.budgets.people." + person + ".monthly", month, own, spent));
    } else {
      budgets
          .eachPerson()
          .ifPresent(
              budget ->
                  standings.add(
                      new Standing(
                          "your budget",
                          "costs.budgets.eachPerson.monthly",
                          month,
                          budget,
                          spent)));
    }
    budgets
        .groups()
        .forEach(
            (group, budget) -> {
              if (personsGroups.contains(group)) {
                standings.add(
                    new Standing(
                        "the budget of group " + group,
                        "costs.budgets.groups." + group + ".monthly",
                        month,
                        budget,
                        groups.getOrDefault(group, Charge.NONE)));
              }
            });
    budgets
        .everybody()
        .ifPresent(
            budget ->
                standings.add(
                    new Standing(
                        "the budget of everybody",
                        "costs.budgets.everybody.monthly",
                        month,
                        budget,
                        everybody)));
    return List.copyOf(standings);
  }

  /** The first budget that is spent and keeps this person from starting a workspace. */
  public Optional<Standing> refusal(
      Budgets budgets, Username person, Collection<GroupName> personsGroups) {
    return standings(budgets, person, personsGroups).stream()
        .filter(s -> s.isSpent() && s.budget().whenSpent() != WhenSpent.WARN)
        .findFirst();
  }

  /** Whether workspaces of this person that nobody uses are stopped soon. */
  public boolean stopsIdle(Budgets budgets, Username person) {
    return standings(budgets, person, groupsOf.getOrDefault(person, Set.of())).stream()
        .anyMatch(s -> s.isSpent() && s.budget().whenSpent() == WhenSpent.STOP_IDLE);
  }
}
