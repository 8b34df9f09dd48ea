package dev.gatehouse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.failure.FailureException;
import dev.gatehouse.nodes.NodeTask;
import dev.gatehouse.nodes.NodeTask.Phase;
import dev.gatehouse.nodes.NodeTasks;
import dev.gatehouse.nodes.NodeWish;
import dev.gatehouse.nodes.NodeWish.Kind;
import dev.gatehouse.nodes.NodeWishes;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a gateway tells the operator what people wish of nodes, on a mock API server. */
final class NodeRequestsTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final String NAMESPACE = "gatehouse";

  private final ApiServer api = ApiServer.start();
  private final KubernetesClient client = api.client();
  private final NodeRequests requests = new NodeRequests(client, NAMESPACE);

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  private void map(String name, Map<String, String> data) {
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withData(data)
                .build())
        .create();
  }

  private static NodeWish wish(String node, Kind kind, Instant at) {
    return new NodeWish(node, kind, "ada", "a test", at, false, false, false);
  }

  private NodeWishes written() {
    return NodeWishes.read(
        client
            .configMaps()
            .inNamespace(NAMESPACE)
            .withName("gatehouse-requests")
            .get()
            .getData()
            .get("nodes.json"));
  }

  @Test
  void wish_afterAnother_takesItsPlace_andIsTheLaterOne_whateverTheClocksSay() {
    map("gatehouse-requests", Map.of());
    var first = requests.wish(wish("n1", Kind.DRAINED, NOON));
    assertThat(written().nodes()).containsExactlyEntriesOf(Map.of("n1", first));
    var second = requests.wish(wish("n1", Kind.OPEN, NOON.minusSeconds(30)));
    assertThat(second.at()).isAfter(first.at());
    assertThat(written().nodes()).containsExactlyEntriesOf(Map.of("n1", second));
    var other = requests.wish(wish("n2", Kind.CORDONED, NOON));
    assertThat(written().nodes()).containsOnly(Map.entry("n1", second), Map.entry("n2", other));
  }

  @Test
  void wish_anotherGatewayWritesMeanwhile_isWrittenAllTheSame() {
    map("gatehouse-requests", Map.of());
    api.fail("PATCH .*/gatehouse-requests", 409, 2);
    var _ = requests.wish(wish("n1", Kind.DRAINED, NOON));
    assertThat(written().nodes()).containsOnlyKeys("n1");
  }

  @Test
  void wish_foundationOfBefore_saysWhoMakesTheObject() {
    assertThatThrownBy(() -> requests.wish(wish("n1", Kind.DRAINED, NOON)))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("gatehouse apply");
  }

  /** The object must not grow for as long as there are nodes that come and go. */
  @Test
  void wish_oldOnesThatAreFulfilled_areForgotten() {
    var old = wish("n1", Kind.CORDONED, NOON.minus(Duration.ofDays(8)));
    var undone = wish("n2", Kind.DRAINED, NOON.minus(Duration.ofDays(8)));
    map(
        "gatehouse-requests",
        Map.of("nodes.json", new NodeWishes(Map.of("n1", old, "n2", undone)).text()));
    map(
        "gatehouse-status",
        Map.of(
            "drains.json",
            new NodeTasks(
                    List.of(
                        NodeTask.begin(old, NOON).in(Phase.CORDONED, NOON, "closed"),
                        NodeTask.begin(undone, NOON)))
                .text()));
    var _ = requests.wish(wish("n3", Kind.OPEN, NOON));
    assertThat(written().nodes()).containsOnlyKeys("n2", "n3");
    assertThat(requests.tasks().of("n1").orElseThrow().phase()).isEqualTo(Phase.CORDONED);
  }
}
