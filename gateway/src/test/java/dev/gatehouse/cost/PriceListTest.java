package dev.gatehouse.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.CostSettings.NodePrice;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PriceListTest {
  private static final PriceList PRICES =
      new PriceList(
          Map.of("g5.xlarge", price("1.5", null), "gpu", price("9", "8")),
          Map.of("g5.xlarge", told("1", "0.5"), "m5.large", told("0.1", "0.05")));

  private static NodePrice price(String onDemand, String spot) {
    return new NodePrice(
        Optional.of(new BigDecimal(onDemand)), Optional.ofNullable(spot).map(BigDecimal::new));
  }

  private static ToldPrice told(String onDemand, String spot) {
    return new ToldPrice(Optional.of(new BigDecimal(onDemand)), Optional.of(new BigDecimal(spot)));
  }

  private static Optional<String> of(String pool, String type, boolean spot) {
    return PRICES.of(new NodeKind(pool, type, spot)).map(BigDecimal::toPlainString);
  }

  @Test
  void of_whatTheDefinitionSays_winsOverTheCloud() {
    assertThat(of("", "g5.xlarge", false)).contains("1.5");
  }

  @Test
  void of_whatTheDefinitionDoesNotSay_isTheCloudsEachPriceByItself() {
    assertThat(of("", "g5.xlarge", true)).contains("0.5");
    assertThat(of("cpu", "m5.large", false)).contains("0.1");
  }

  @Test
  void of_aPool_isForNodesWhoseTypeHasNoPrice() {
    assertThat(of("gpu", "", false)).contains("9");
    assertThat(of("gpu", "g5.xlarge", false)).contains("1.5");
    assertThat(of("gpu", "g5.xlarge", true)).contains("8");
  }

  @Test
  void of_whatNobodyKnows_isEmpty() {
    assertThat(of("", "", false)).isEmpty();
    assertThat(of("cpu", "c5.large", false)).isEmpty();
  }
}
