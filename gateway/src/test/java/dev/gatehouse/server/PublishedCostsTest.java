package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.cost.MonthUsage;
import dev.gatehouse.cost.NodeKind;
import dev.gatehouse.cost.NodeUse;
import dev.gatehouse.cost.PricesText;
import dev.gatehouse.cost.ToldPrice;
import dev.gatehouse.cost.Usage;
import dev.gatehouse.cost.UsageText;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a gateway reads of what the operator has published. */
final class PublishedCostsTest {
  private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
  private static final Usage USAGE =
      new Usage(
          List.of(), List.of(new NodeUse(NOVEMBER.atDay(3), new NodeKind("", "m5", false), 60)));

  private final ApiServer api = ApiServer.start();
  private final KubernetesClient client = api.client();
  private Instant now = Instant.parse("2026-11-30T14:00:00Z");
  private final PublishedCosts costs = new PublishedCosts(client, "gatehouse", () -> now);

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  private void publish(YearMonth month) {
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("gatehouse")
                .withName(UsageText.configMap(month))
                .endMetadata()
                .addToBinaryData(
                    UsageText.KEY,
                    Base64.getEncoder().encodeToString(UsageText.of(new MonthUsage(month, USAGE))))
                .build())
        .create();
  }

  @Test
  void month_thatWasCounted_isWhatTheOperatorWrote() {
    publish(NOVEMBER);
    assertThat(costs.month(NOVEMBER)).isEqualTo(USAGE);
  }

  @Test
  void month_ofAnotherYear_isNothing() {
    publish(NOVEMBER);
    assertThat(costs.month(NOVEMBER.minusYears(1))).isEqualTo(Usage.NONE);
    assertThat(costs.month(NOVEMBER.minusMonths(1))).isEqualTo(Usage.NONE);
  }

  @Test
  void month_askedAgain_isReadAfterHalfAMinute() {
    assertThat(costs.month(NOVEMBER)).isEqualTo(Usage.NONE);
    publish(NOVEMBER);
    assertThat(costs.month(NOVEMBER)).isEqualTo(Usage.NONE);
    now = now.plus(Duration.ofSeconds(31));
    assertThat(costs.month(NOVEMBER)).isEqualTo(USAGE);
  }

  @Test
  void month_thatMayNotBeRead_saysWhatGivesTheRight() {
    api.fail("GET .*gatehouse-usage-11", 403, 1);
    var failure =
        catchThrowableOfType(FailureException.class, () -> costs.month(NOVEMBER)).failure();
    assertThat(failure.code()).isEqualTo("usage-unavailable");
    assertThat(failure.message())
        .contains("may not read ConfigMap gatehouse-usage-11", "'gatehouse apply'");
  }

  @Test
  void told_ofPrices_areThosePublished() {
    assertThat(costs.told()).isEmpty();
    var prices = Map.of("m5", new ToldPrice(Optional.empty(), Optional.of(new BigDecimal("0.1"))));
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("gatehouse")
                .withName("gatehouse-status")
                .endMetadata()
                .addToData("prices.json", PricesText.of(prices))
                .build())
        .create();
    now = now.plus(Duration.ofSeconds(31));
    assertThat(costs.told()).isEqualTo(prices);
  }
}
