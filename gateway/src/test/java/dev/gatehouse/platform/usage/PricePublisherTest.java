package dev.gatehouse.platform.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cost.CloudPrices;
import dev.gatehouse.cost.PricesText;
import dev.gatehouse.cost.ToldPrice;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the operator asks of a cloud's prices, how often, and what it tells gateways. */
final class PricePublisherTest {
  private static final ToldPrice PRICE =
      new ToldPrice(Optional.of(new BigDecimal("1.258")), Optional.empty());

  private final ApiServer api = ApiServer.start();
  private final KubernetesClient client = api.client();
  private final List<Set<String>> asked = new ArrayList<>();
  private CloudPrices cloud =
      types -> {
        asked.add(types);
        return Map.of("g5.xlarge", PRICE);
      };
  private Instant now = Instant.parse("2026-11-30T14:00:00Z");
  private final PricePublisher publisher = new PricePublisher(client, "gatehouse", () -> now);

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  private void round(ClusterDefinition definition) {
    publisher.round(definition, Optional.of(cloud));
  }

  private static ClusterDefinition definition(String text) {
    return ClusterDefinitionFile.parse("cluster.yaml", text);
  }

  private void node(String name, String type) {
    client
        .resource(
            new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("node.kubernetes.io/instance-type", type)
                .endMetadata()
                .build())
        .create();
  }

  private String published() {
    return client
        .configMaps()
        .inNamespace("gatehouse")
        .withName("gatehouse-status")
        .get()
        .getData()
        .get(PricesText.KEY);
  }

  @Test
  void round_ofNodesAndPools_asksAndPublishes() {
    node("n1", "g5.xlarge");
    round(definition("pools: {cpu: {instanceTypes: [m5.large]}}"));
    assertThat(asked).containsExactly(Set.of("g5.xlarge", "m5.large"));
    assertThat(PricesText.read(published())).isEqualTo(Map.of("g5.xlarge", PRICE));
  }

  @Test
  void round_withinADay_asksForNewTypesAlone() {
    node("n1", "g5.xlarge");
    round(definition("{}"));
    now = now.plus(Duration.ofHours(23));
    round(definition("{}"));
    assertThat(asked).hasSize(1);
    node("n2", "m5.large");
    round(definition("{}"));
    assertThat(asked).hasSize(2);
    now = now.plus(Duration.ofHours(24));
    round(definition("{}"));
    assertThat(asked).hasSize(3);
  }

  @Test
  void round_ofAnotherCurrency_asksNobody() {
    node("n1", "g5.xlarge");
    round(definition("costs: {currency: EUR}"));
    assertThat(asked).isEmpty();
  }

  @Test
  void round_withoutACloud_asksNobody() {
    node("n1", "g5.xlarge");
    publisher.round(definition("{}"), Optional.empty());
    assertThat(asked).isEmpty();
  }

  /** An account that does not allow it is asked no more than once a day. */
  @Test
  void round_ofARefusal_leavesWhatWasToldBefore() {
    node("n1", "g5.xlarge");
    round(definition("{}"));
    cloud =
        types -> {
          asked.add(types);
          throw new FailureException(new Failure.Denied("aws-denied", "no"));
        };
    now = now.plus(Duration.ofDays(1));
    round(definition("{}"));
    round(definition("{}"));
    assertThat(asked).hasSize(2);
    assertThat(PricesText.read(published())).isEqualTo(Map.of("g5.xlarge", PRICE));
  }

  @Test
  void read_ofAnythingElse_isEmpty() {
    for (var text : List.of("", "[]", "{}", "{\"prices\":{\"a\":{\"onDemand\":\"x\"}}}")) {
      assertThat(PricesText.read(text)).as(text).isEmpty();
    }
  }
}
