package dev.gatehouse.platform.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.nodes.Amount;
import dev.gatehouse.nodes.Node;
import dev.gatehouse.nodes.NodeFacts;
import dev.gatehouse.nodes.NodeFacts.Occupant;
import dev.gatehouse.nodes.NodeReport;
import dev.gatehouse.nodes.NodeReportText;
import dev.gatehouse.testkit.kubernetes.ApiServer;
import dev.gatehouse.testkit.kubernetes.RestrictedPod;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
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
    return NodeReportText.read(status().getBinaryData().get("nodes.json.gz")).orElseThrow();
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
    assertThat(status().getData()).containsOnlyKeys("status.json");
    assertThat(status().getBinaryData()).containsOnlyKeys("nodes.json.gz");
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
    assertThat(NodeReportText.read(packed("{\"nodes\": 3}"))).isEmpty();
    assertThat(NodeReportText.read("")).isEmpty();
  }

  private static String packed(String json) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }

  /** Others' pods take room too; a namespace that may not be seen counts for nothing. */
  @Test
  void round_podsOfOthers_takeRoomAsFarAsTheyMayBeSeen() {
    client
        .resource(
            RestrictedPod.of(
                    "monitoring",
                    "prometheus",
                    RestrictedPod.container("main", Map.of("cpu", new Quantity("2"))))
                .editSpec()
                .withNodeName("n1")
                .endSpec()
                .build())
        .create();
    publisher.round();
    assertThat(published().nodes().getFirst().requested().millicores()).isEqualTo(2000);
    assertThat(published().nodes().getFirst().pods()).isEqualTo(1);

    api.fail("GET /api/v1/pods", 403, 9);
    new NodePublisher(client, OURS, List.of(OURS, WORKSPACES), InstantSource.fixed(NOW)).round();
    assertThat(published().nodes().getFirst().requested()).isEqualTo(Amount.NONE);
  }

  @Test
  void round_aNode_tellsWhatItIsAndWhoIsOnIt() {
    client
        .nodes()
        .withName("n1")
        .edit(
            n ->
                n.edit()
                    .editMetadata()
                    .addToLabels("node.kubernetes.io/instance-type", "m7i.4xlarge")
                    .addToLabels("topology.kubernetes.io/zone", "eu-central-1a")
                    .addToLabels("eks.amazonaws.com/nodegroup", "workers-1")
                    .addToLabels("gatehouse.dev/pool", "workers")
                    .endMetadata()
                    .editSpec()
                    .addNewTaint("NoSchedule", "nvidia.com/gpu", null, "true")
                    .endSpec()
                    .editStatus()
                    .withNewNodeInfo()
                    .withKubeletVersion("v1.33.1")
                    .endNodeInfo()
                    .endStatus()
                    .build());
    client
        .resource(
            RestrictedPod.of(WORKSPACES, "w-0", RestrictedPod.container("workspace", Map.of()))
                .editMetadata()
                .addToLabels("gatehouse.dev/workspace", "w")
                .addToAnnotations("gatehouse.dev/person", "alice")
                .addToAnnotations("gatehouse.dev/name", "main")
                .endMetadata()
                .editSpec()
                .withNodeName("n1")
                .endSpec()
                .build())
        .create();
    event("n1", "NodeHasDiskPressure", "Warning", "2026-11-30T09:50:00Z");
    event("n1", "Starting", "Normal", "2026-11-30T09:40:00Z");
    event("n2", "Rebooted", "Warning", "2026-11-30T09:30:00Z");

    publisher.round();

    var facts = published().nodes().getFirst().facts();
    assertThat(facts.instanceType()).isEqualTo("m7i.4xlarge");
    assertThat(facts.pool()).isEqualTo("workers");
    assertThat(facts.zone()).isEqualTo("eu-central-1a");
    assertThat(facts.mostPods()).isEqualTo(110);
    assertThat(facts.system()).containsEntry("kubelet", "v1.33.1");
    assertThat(facts.taints())
        .extracting(t -> t.toString())
        .containsExactly("nvidia.com/gpu=true:NoSchedule");
    assertThat(facts.conditions()).extracting(c -> c.isGood()).containsExactly(true, true);
    assertThat(facts.events())
        .extracting(e -> e.reason())
        .containsExactly("Starting", "NodeHasDiskPressure");
    assertThat(facts.workspaces()).containsExactly(new Occupant("alice", "main"));
  }

  private void event(String node, String reason, String type, String at) {
    client
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withName(node + "." + reason.toLowerCase(Locale.ROOT))
                .withNamespace("default")
                .endMetadata()
                .withInvolvedObject(
                    new ObjectReferenceBuilder().withKind("Node").withName(node).build())
                .withReason(reason)
                .withMessage("of " + node)
                .withType(type)
                .withLastTimestamp(at)
                .build())
        .create();
  }

  /** A ConfigMap may have 1 MiB, and others write into this one too. */
  @Test
  void of_fiveHundredFullNodes_isFarBelowAMegabyte() {
    var random = new Random(16);
    var nodes = IntStream.range(0, 500).mapToObj(i -> full(i, random)).toList();
    var text = NodeReportText.of(new NodeReport(NOW, nodes));
    assertThat(Base64.getDecoder().decode(text)).hasSizeLessThan(300_000);
    assertThat(NodeReportText.read(text).orElseThrow().nodes()).isEqualTo(nodes);
  }

  private static Node full(int number, Random random) {
    var labels = new TreeMap<String, String>();
    for (var i = 0; i < 25; i++) {
      labels.put("example.com/label-" + i, i < 20 ? "value" : "v" + random.nextInt(1000));
    }
    return new Node(
        "ip-10-%d-%d-%d.eu-central-1.compute.internal"
            .formatted(random.nextInt(256), random.nextInt(256), number),
        true,
        false,
        List.of(),
        new Amount(15_890, 62 * GIB, Map.of("nvidia.com/gpu", 4L)),
        new Amount(random.nextInt(15_890), random.nextInt(62) * GIB, Map.of()),
        Optional.of(new Amount(random.nextInt(15_890), random.nextLong(62 * GIB), Map.of())),
        random.nextInt(110),
        new NodeFacts(
            "m7i.4xlarge",
            "workers",
            "eu-central-1a",
            Optional.of(NOW.minusSeconds(random.nextInt(1_000_000))),
            Map.of("kubelet", "v1.33.1", "kernel", "6.1.140-154.222.amzn2023.x86_64"),
            labels,
            List.of(),
            Stream.of("MemoryPressure", "DiskPressure", "PIDPressure", "Ready")
                .map(
                    type ->
                        new NodeFacts.Condition(
                            type,
                            "False",
                            Optional.of(NOW.minusSeconds(random.nextInt(1_000_000))),
                            "KubeletHasNo" + type,
                            "kubelet has no " + type))
                .toList(),
            IntStream.range(0, NodeFacts.EVENTS)
                .mapToObj(
                    i ->
                        new NodeFacts.Event(
                            NOW.minusSeconds(random.nextInt(3600)), "Rebooted", "a message", true))
                .toList(),
            IntStream.range(0, 15)
                .mapToObj(i -> new Occupant("person" + random.nextInt(10_000), "main"))
                .toList(),
            110));
  }
}
