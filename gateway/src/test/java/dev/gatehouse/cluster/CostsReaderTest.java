package dev.gatehouse.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.cluster.CostSettings.Budget;
import dev.gatehouse.cluster.CostSettings.NodePrice;
import dev.gatehouse.cluster.CostSettings.WhenSpent;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CostsReaderTest {
  private static CostSettings read(String yaml) {
    return ClusterDefinitionFile.parse("cluster.yaml", yaml).costs();
  }

  @Test
  void read_ofNothing_isTheUsual() {
    assertThat(read("{}")).isEqualTo(CostSettings.DEFAULT);
    assertThat(CostSettings.DEFAULT.budgets().isEmpty()).isTrue();
  }

  @Test
  void read_ofEverything_hasIt() {
    var costs =
        read(
            """
            pools: {rack: {}}
            costs:
              currency: EUR
              prices:
                g5.xlarge: {onDemand: 1.260, spot: 0.45}
                rack: {onDemand: 2}
              expensive: 0.5
              budgets:
                people: {ada: {monthly: 500}}
                groups: {ml: {monthly: 2000, whenSpent: refuseStarts}}
                eachPerson: {monthly: 50.25, whenSpent: stopIdle}
            """);
    assertThat(costs.currency()).isEqualTo("EUR");
    assertThat(costs.prices())
        .isEqualTo(Map.of("g5.xlarge", price("1.26", "0.45"), "rack", price("2", null)));
    assertThat(costs.expensive()).isEqualTo("0.5");
    var budgets = costs.budgets();
    assertThat(budgets.people())
        .isEqualTo(
            Map.of(
                new Username("ada"),
                new Budget(new BigDecimal("500").stripTrailingZeros(), WhenSpent.WARN)));
    assertThat(budgets.groups().get(new GroupName("ml")).whenSpent())
        .isEqualTo(WhenSpent.REFUSE_STARTS);
    assertThat(budgets.eachPerson())
        .contains(new Budget(new BigDecimal("50.25"), WhenSpent.STOP_IDLE));
    assertThat(budgets.everybody()).isEmpty();
  }

  @Test
  void read_ofManyMistakes_tellsAllWithTheirPlaces() {
    var error =
        catchThrowableOfType(
            UserError.class,
            () ->
                read(
                    """
                    costs:
                      currency: dollars
                      prices:
                        g5.xlarge: {ondemand: 1, spot: '1'}
                      expensive: 1_000
                      budgets:
                        people: {ada: {whenSpent: stop}}
                        groups: {ML: {monthly: -1}}
                        everbody: {monthly: 1}
                    """));
    assertThat(error.text().lines())
        .containsExactly(
            "cluster.yaml:2:13: costs.currency must be three capital letters such as USD or EUR,"
                + " not 'dollars'",
            "cluster.yaml:4:17: unknown key 'ondemand'; did you mean 'onDemand'?",
            "cluster.yaml:4:36: costs.prices.g5.xlarge.spot must be an amount of money such as 5"
                + " or 0.45, not '1'",
            "cluster.yaml:5:14: costs.expensive must be an amount of money such as 5 or 0.45, not"
                + " '1_000'",
            "cluster.yaml:7:19: costs.budgets.people.ada has no monthly; say how much may be spent"
                + " in a month",
            "cluster.yaml:7:31: costs.budgets.people.ada.whenSpent must be warn, refuseStarts or"
                + " stopIdle, not 'stop'",
            "cluster.yaml:8:14: group name 'ML' is not valid: it starts with a small letter and"
                + " has at most 32 small letters, digits, '.', '_' or '-'",
            "cluster.yaml:8:28: costs.budgets.groups.ML.monthly must be an amount of money such as"
                + " 5 or 0.45, not '-1'",
            "cluster.yaml:9:5: unknown key 'everbody'; did you mean 'everybody'?");
  }

  private static NodePrice price(String onDemand, @Nullable String spot) {
    return new NodePrice(
        Optional.of(new BigDecimal(onDemand)), Optional.ofNullable(spot).map(BigDecimal::new));
  }
}
