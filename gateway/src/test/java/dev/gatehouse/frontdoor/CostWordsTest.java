package dev.gatehouse.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cost.NodeKind;
import dev.gatehouse.cost.PriceList;
import dev.gatehouse.cost.Spending;
import dev.gatehouse.cost.Usage;
import dev.gatehouse.cost.WorkspaceUse;
import dev.gatehouse.directory.Person;
import dev.gatehouse.name.Username;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What open terminals are told of a budget: only what may end something. */
final class CostWordsTest {
  private static final Person ADA =
      new Person(
          new Username("ada"),
          1001,
          1001,
          "Ada",
          "/home/ada",
          "/bin/sh",
          Set.of(),
          List.of(),
          false);

  private static CostWords words(String whenSpent, long hours) {
    var definition =
        ClusterDefinitionFile.parse(
            "cluster.yaml",
            "costs: {prices: {m5: {onDemand: 1}}, budgets: {eachPerson: {monthly: 10, whenSpent: %s}}}"
                .formatted(whenSpent));
    var november = YearMonth.of(2026, 11);
    var use =
        new WorkspaceUse(
            november.atDay(1),
            "ada",
            "standard",
            new NodeKind("", "m5", false),
            hours * 3600,
            0,
            hours * 3_600_000);
    var spending =
        Spending.of(
            november,
            new Usage(List.of(use), List.of()),
            new PriceList(definition.costs().prices(), Map.of()),
            _ -> Set.of());
    return new CostWords(() -> definition, () -> spending, Map::of);
  }

  @ParameterizedTest
  @CsvSource({"warn, 10", "refuseStarts, 10", "stopIdle, 9"})
  void whenSpent_ofWhatStopsNothing_isEmpty(String whenSpent, long hours) {
    assertThat(words(whenSpent, hours).whenSpent(ADA)).isEmpty();
  }

  @Test
  void whenSpent_ofWhatStopsIdleOnes_warns() {
    assertThat(words("stopIdle", 10).whenSpent(ADA))
        .contains(
            "gatehouse: your budget for November is spent: 10.00 of 10 USD; until 1 December no"
                + " workspace starts, and one that nobody uses for half an hour is stopped ('gate"
                + " cost' shows more)");
  }

  @Test
  void atLogin_below80Percent_isNothing() {
    assertThat(words("stopIdle", 7).atLogin(ADA)).isEmpty();
    assertThat(words("stopIdle", 8).atLogin(ADA)).startsWith("gatehouse: 80 % of your budget");
  }
}
