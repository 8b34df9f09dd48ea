package dev.gatehouse.aws.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.cost.ToldPrice;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.testkit.aws.AwsServer;
import dev.gatehouse.testkit.aws.FakePricing;
import dev.gatehouse.testkit.aws.FakeSpotPrices;
import dev.gatehouse.testkit.aws.FakeSts;
import dev.gatehouse.testkit.aws.Fault;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeSpotPriceHistoryRequest;

/** Prices from AWS, by a stand-in that speaks its wire formats. */
final class AwsPricesTest {
  private static final Instant NOW = Instant.parse("2026-11-30T14:00:00Z");

  private final FakePricing pricing = new FakePricing();
  private final FakeSpotPrices spot = new FakeSpotPrices();
  private final AwsServer server = AwsServer.start(new FakeSts(), pricing, spot);
  private final AwsPrices prices = new AwsPrices(server.aws(Optional.empty()), () -> NOW);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void of_anInstanceType_isItsPriceOnDemandAndTheDearestZonesSpotPrice() {
    pricing.product("g5.xlarge", "1.2580000000", Map.of());
    spot.price("g5.xlarge", "a", "0.420000");
    spot.price("g5.xlarge", "b", "0.503100");
    spot.price("m5.large", "a", "0.9");
    assertThat(prices.of(Set.of("g5.xlarge")))
        .isEqualTo(
            Map.of(
                "g5.xlarge",
                new ToldPrice(
                    Optional.of(new BigDecimal("1.258")), Optional.of(new BigDecimal("0.5031")))));
    assertThat(server.requests(DescribeSpotPriceHistoryRequest.class))
        .allMatch(r -> r.startTime().equals(NOW))
        .hasSize(2);
  }

  /** What costs more and is something else: Windows, a host of one's own, another region. */
  @Test
  void of_anInstanceType_isThatOfPlainLinuxInTheRegion() {
    pricing.product("m5.large", "9", Map.of("operatingSystem", "Windows"));
    pricing.product("m5.large", "9", Map.of("tenancy", "Host"));
    pricing.product("m5.large", "9", Map.of("regionCode", "us-east-1"));
    pricing.product("m5.large", "9", Map.of("preInstalledSw", "SQL Std"));
    pricing.product("m5.large", "0", Map.of("capacitystatus", "AllocatedCapacityReservation"));
    pricing.product("m5.large", "0.115", Map.of());
    assertThat(prices.of(Set.of("m5.large")).get("m5.large").onDemand())
        .contains(new BigDecimal("0.115"));
  }

  @Test
  void of_aTypeThatAwsDoesNotKnow_isLeftOut() {
    assertThat(prices.of(Set.of("k3s"))).isEmpty();
    assertThat(prices.of(Set.of())).isEmpty();
  }

  @Test
  void of_severalTypes_isEach() {
    pricing.product("a.large", "1", Map.of());
    spot.price("b.large", "a", "2");
    assertThat(prices.of(Set.of("a.large", "b.large")))
        .containsEntry("a.large", new ToldPrice(Optional.of(BigDecimal.ONE), Optional.empty()))
        .containsEntry(
            "b.large", new ToldPrice(Optional.empty(), Optional.of(BigDecimal.valueOf(2))));
  }

  @Test
  void of_anAccountThatMayNotAsk_isDenied() {
    server.fail(
        "GetProducts", Fault.denied("pricing:GetProducts", "arn:aws:iam::123456789012:user/ada"));
    assertThat(
            catchThrowableOfType(FailureException.class, () -> prices.of(Set.of("m5.large")))
                .failure()
                .code())
        .isEqualTo("aws-denied");
  }
}
