package dev.gatehouse.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.nodes.Amount;
import dev.gatehouse.nodes.NodeReport;
import dev.gatehouse.nodes.NodeReportText;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import dev.gatehouse.testkit.kubernetes.RestrictedPod;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator tells gateways of nodes, on a mock API server. */
final class NodePublisherTest {
  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
  private static final String OURS = "gatehouse";
  private static final String WORKSPACES = "gatehouse-workspaces";
  private static final long GIB = 1L << 30;

  private final ApiServer api = ApiServer.start();
  private final KubernetesClient client = api.client();
  private final NodePublisher publisher =
      new NodePublisher(client, OURS, List.of(OURS, WORKSPACES), InstantSource.fixed(NOW));

  @BeforeEach
  void nodes() {
    node("n1", true, "Ready");
    node("n2", false, "MemoryPressure");
  }

  @AfterEach
  void close() {
    client.close();
    api.close();
  }

  private void node(String name, boolean open, String holds) {
    client
        .resource(
            new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withUnschedulable(open ? null : true)
                .endSpec()
                .withNewStatus()
                .withAllocatable(
                    Map.of(
                        "cpu", new Quantity("3920m"),
                        "memory", new Quantity("16Gi"),
                        "nvidia.com/gpu", new Quantity("2"),
                        "pods", new Quantity("110")))
                .addNewCondition()
                .withType(holds)
                .withStatus("True")
                .endCondition()
                .addNewCondition()
                .withType("DiskPressure")
                .withStatus("False")
                .endCondition()
                .endStatus()
                .build())
        .create();
  }

  private void pod(String name, String node, String phase) {
    var starting = Map.of("cpu", new Quantity("1"), "memory", new Quantity("64Mi"));
    var running =
        Map.of(
            "cpu", new Quantity("500m"),
            "memory", new Quantity("2Gi"),
            "nvidia.com/gpu", new Quantity("1"));
    client
        .resource(
            RestrictedPod.of(WORKSPACES, name, RestrictedPod.container("workspace", running))
                .editSpec()
                .withNodeName(node)
                .withInitContainers(RestrictedPod.container("toolbox", starting))
                .endSpec()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build())
        .create();
  }

  private NodeReport published() {
    return NodeReportText.read(status().getData().get("nodes.json")).orElseThrow();
  }

  private ConfigMap status() {
    return client.configMaps().inNamespace(OURS).withName("gatehouse-status").get();
  }

  @Test
  void round_firstTime_makesTheConfigMap() {
    publisher.round();
    assertThat(published().at()).isEqualTo(NOW);
    assertThat(published().nodes()).extracting(n -> n.name()).containsExactly("n1", "n2");
    assertThat(published().nodes())
        .extracting(n -> n.state())
        .containsExactly("ready", "not ready");
    assertThat(published().nodes().getLast().pressures()).containsExactly("memory");
    assertThat(published().nodes()).extracting(n -> n.cordoned()).containsExactly(false, true);
    assertThat(published().nodes().getFirst().allocatable())
        .isEqualTo(new Amount(3920, 16 * GIB, Map.of("nvidia.com/gpu", 2L)));
  }

  /** The status is the operator's, and other parts of it write there too. */
  @Test
  void round_statusThatIsThere_keepsWhatElseItSays() {
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("gatehouse-status")
                .withNamespace(OURS)
                .endMetadata()
                .withData(Map.of("status.json", "{}"))
                .build())
        .create();
    publisher.round();
    assertThat(status().getData()).containsOnlyKeys("status.json", "nodes.json");
  }

  /** One CPU for a moment at the start is what the scheduler keeps free for good. */
  @Test
  void round_pods_areCountedAsTheSchedulerDoes() {
    pod("a", "n1", "Running");
    pod("b", "n1", "Pending");
    pod("over", "n1", "Succeeded");
    publisher.round();
    var node = published().nodes().getFirst();
    assertThat(node.pods()).isEqualTo(2);
    assertThat(node.requested()).isEqualTo(new Amount(2000, 4 * GIB, Map.of("nvidia.com/gpu", 2L)));
    assertThat(published().nodes().getLast().requested()).isEqualTo(Amount.NONE);
  }

  @Test
  void round_measuredNodes_sayWhatIsUsed() {
    publisher.round();
    assertThat(published().used()).isEmpty();
    api.measureNode("n1", "1250m", "3Gi");
    publisher.round();
    assertThat(published().used()).isEqualTo(Optional.of(new Amount(1250, 3 * GIB, Map.of())));
  }

  @Test
  void round_nodesThatMayNotBeSeen_keepsWhatWasPublished() {
    publisher.round();
    api.fail("GET .*/nodes", 403, 1);
    publisher.round();
    assertThat(published().nodes()).hasSize(2);
  }

  @Test
  void read_whatIsNoReport_isNothing() {
    assertThat(NodeReportText.read("{\"nodes\": 3}")).isEmpty();
    assertThat(NodeReportText.read("")).isEmpty();
  }
}
