package dev.gatehouse.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.CostSettings;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who has spent what of which budget. */
final class SpendingTest {
  private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
  private static final NodeKind NODE = new NodeKind("", "m5", false);
  private static final Username ADA = new Username("ada");
  private static final Username BOB = new Username("bob");
  private static final Set<GroupName> ML = Set.of(new GroupName("ml"));

  private static final CostSettings COSTS =
      ClusterDefinitionFile.parse(
              "cluster.yaml",
              """
              costs:
                prices: {m5: {onDemand: 1}}
                budgets:
                  people: {ada: {monthly: 100}}
                  groups: {ml: {monthly: 150, whenSpent: refuseStarts}}
                  eachPerson: {monthly: 60, whenSpent: stopIdle}
                  everybody: {monthly: 1000}
              """)
          .costs();

  private static Spending spent(long ada, long bob) {
    var usage = new Usage(List.of(use("ada", ada), use("bob", bob), use("", 500)), List.of());
    return Spending.of(NOVEMBER, usage, new PriceList(COSTS.prices(), Map.of()), person -> ML);
  }

  /** So many hours of a node that costs 1 an hour. */
  private static WorkspaceUse use(String person, long hours) {
    return new WorkspaceUse(
        NOVEMBER.atDay(3), person, "t", NODE, hours * 3600, 0, hours * 3_600_000);
  }

  private static List<String> told(Spending spending, Username person) {
    return spending.standings(COSTS.budgets(), person, ML).stream()
        .filter(Standing::isTold)
        .map(s -> s.text("USD") + s.consequence())
        .toList();
  }

  @Test
  void standings_below80Percent_areNotTold() {
    assertThat(told(spent(79, 40), ADA)).isEmpty();
  }

  @Test
  void standings_from80PercentOn_areTold() {
    assertThat(told(spent(80, 0), ADA))
        .containsExactly("80 % of your budget for November is spent: 80.00 of 100 USD");
  }

  @Test
  void standings_ofAPersonWithABudget_areNotThoseOfEachPerson() {
    assertThat(told(spent(99, 0), ADA))
        .containsExactly("99 % of your budget for November is spent: 99.00 of 100 USD");
    assertThat(told(spent(0, 60), BOB))
        .containsExactly(
            "your budget for November is spent: 60.00 of 60 USD; until 1 December no workspace"
                + " starts, and one that nobody uses for half an hour is stopped");
  }

  @Test
  void standings_ofAGroup_areThoseOfAllItsMembers() {
    assertThat(told(spent(70, 59), BOB))
        .containsExactly(
            "98 % of your budget for November is spent: 59.00 of 60 USD",
            "86 % of the budget of group ml for November is spent: 129.00 of 150 USD");
    assertThat(spent(110, 40).refusal(COSTS.budgets(), ADA, ML).map(Standing::key))
        .contains("costs.budgets.groups.ml.monthly");
  }

  @Test
  void refusal_ofAWarning_isNone() {
    assertThat(spent(110, 0).refusal(COSTS.budgets(), ADA, ML)).isEmpty();
  }

  @Test
  void stopsIdle_whenSpentSaysSo_isTrueOfThatPerson() {
    assertThat(spent(110, 59).stopsIdle(COSTS.budgets(), BOB)).isFalse();
    assertThat(spent(110, 60).stopsIdle(COSTS.budgets(), BOB)).isTrue();
    assertThat(spent(110, 60).stopsIdle(COSTS.budgets(), ADA)).isFalse();
    assertThat(Spending.NONE.stopsIdle(COSTS.budgets(), BOB)).isFalse();
  }

  @Test
  void of_thePlatformsPods_isNobodys() {
    assertThat(spent(1, 2).everybody().money()).isEqualTo("3.00");
  }
}
