package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.Hardware;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.nodes.Amount;
import dev.gatehouse.nodes.Node;
import dev.gatehouse.nodes.NodeReport;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.Start;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A machine type that is larger than each node: its people were told so when the time for a start
 * was over, five minutes later.
 */
class OversizeTest extends ClusterTests {
  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
  private static final long GIB = 1L << 30;
  private static final String SMALL = "pools: {fixed: {min: 2, max: 2, gpus: 8}, gone: {max: 0}}";
  private static final String SCHEDULER =
      "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) didn't match pod topology spread"
          + " constraints.";

  private volatile Instant now = NOW;

  @BeforeEach
  void hold() {
    cluster.node().hold();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cpu: 64              | 64 CPUs; the largest node has 4
          cpu: 4.5             | 4.5 CPUs; the largest node has 4
          memory: 64Gi         | 64 GiB of memory; the largest node has 31.5 GiB
          gpus: 2              | 2 GPUs; the largest node has 1
          'cpu: 4, memory: 20Gi' | 4 CPUs and 20 GiB of memory, and no node has them together
          """)
  void start_noNodeNorPoolIsLargeEnough_failsAtOnceWithTheNumbers(String type, String words) {
    var start = start(SMALL, type);

    refuse();

    assertThat(failureOf(start.endpoint()))
        .isEqualTo(new Failure.Unavailable("no-node", "no node can take it: it asks for " + words));
  }

  /** What a site's own autoscaler could get is not known here: it says so itself, or does not. */
  @Test
  void start_definitionNamesNoPools_tellsTheNumbersAndWaitsForAnAutoscaler() {
    var start = start("", "cpu: 64");
    var steps = new CopyOnWriteArrayList<String>();
    start.onProgress(step -> steps.add(step.what()));

    refuse();

    Poll.until(
        steps::toString,
        Poll.PATIENCE,
        () ->
            steps.contains(
                "waiting for a larger node: it asks for 64 CPUs; the largest node has 4"));
    now = NOW.plusSeconds(31);
    assertThat(failureOf(start.endpoint()).message())
        .isEqualTo("no node can take it: it asks for 64 CPUs; the largest node has 4");
  }

  @Test
  void start_autoscalerMakesANode_waitsForIt() {
    var start = start(SMALL, "cpu: 64");
    var steps = new CopyOnWriteArrayList<String>();
    start.onProgress(step -> steps.add(step.what()));

    grow();
    refuse();

    Poll.until(
        steps::toString,
        Poll.PATIENCE,
        () -> steps.stream().anyMatch(s -> s.startsWith("waiting for a new node")));
  }

  /** None of these is a reason to give up. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "pools: {large: {max: 1, cpu: 64, memory: 256Gi}}",
        "pools: {large: {cpu: 64}}",
        "pools: {cloud: {max: 3, instanceTypes: [c7i.16xlarge]}}",
        // Not all of its nodes are there yet.
        "pools: {fixed: {min: 3, max: 3}}",
      })
  void oversize_poolMayGetALargerNode_isAbsent(String pools) {
    assertThat(oversize(pools, "cpu: 64")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pools: {large: {max: 0, cpu: 64}}",
        "pools: {fixed: {min: 2, max: 2}}",
        "pools: {small: {max: 9, cpu: 63}, large: {max: 0, cpu: 64}}",
        "pools: {others: {max: 9, cpu: 64, taints: [{key: team, value: vision}]}}",
      })
  void oversize_noPoolMayGetALargerNode_isFinal(String pools) {
    assertThat(oversize(pools, "cpu: 64")).map(NodeRoom.Oversize::isFinal).contains(true);
  }

  /** Other pools do not help a type that names its own. */
  @Test
  void oversize_poolOfTheTypeIsFull_isFinal() {
    var pools = "pools: {fixed: {min: 2, max: 2}, large: {max: 9, cpu: 64}}";

    assertThat(oversize(pools, "pool: large, cpu: 64")).isEmpty();
    assertThat(oversize(pools, "pool: fixed, cpu: 64")).isPresent();
  }

  @Test
  void oversize_reportIsOldOrAbsentOrOfNoNode_isAbsent() {
    var hardware = hardware(SMALL, "cpu: 64");
    var definition = KubernetesCluster.definition(SMALL);

    assertThat(room(SMALL, NOW.minus(Duration.ofMinutes(2))).oversize(hardware)).isEmpty();
    assertThat(
            new NodeRoom(Optional::empty, () -> definition, InstantSource.fixed(NOW))
                .oversize(hardware))
        .isEmpty();
    assertThat(
            new NodeRoom(
                    () -> Optional.of(new NodeReport(NOW, List.of())),
                    () -> definition,
                    InstantSource.fixed(NOW))
                .oversize(hardware))
        .isEmpty();
  }

  // ---- small things ----

  private static NodeRoom room(String definition, Instant reported) {
    return new NodeRoom(
        () -> Optional.of(report(reported)),
        () -> KubernetesCluster.definition(definition),
        InstantSource.fixed(NOW));
  }

  private static Optional<NodeRoom.Oversize> oversize(String definition, String type) {
    return room(definition, NOW).oversize(hardware(definition, type));
  }

  private static Hardware hardware(String definition, String type) {
    return spec(text(definition, type)).type().hardware();
  }

  private static String text(String definition, String type) {
    return definition + "\nmachineTypes: {standard: {%s}}".formatted(type);
  }

  private static NodeReport report(Instant at) {
    return new NodeReport(
        at,
        List.of(
            node("n1", new Amount(4000, 15 * GIB, Map.of())),
            node("n2", new Amount(2000, 31 * GIB + GIB / 2, Map.of("nvidia.com/gpu", 1L)))));
  }

  private static Node node(String name, Amount has) {
    return new Node(name, true, false, List.of(), has, Amount.NONE, Optional.empty(), 0);
  }

  private Start start(String definition, String type) {
    var text = text(definition, type);
    var workspaces =
        cluster.workspaces(
            () -> KubernetesCluster.definition(text),
            KubernetesCluster.CA,
            () -> Optional.of(report(now)),
            () -> now);
    return workspaces.start(spec(text));
  }

  /** The scheduler has found no node. */
  private void refuse() {
    pod()
        .editStatus(
            pod ->
                pod.edit()
                    .withNewStatus()
                    .addNewCondition()
                    .withType("PodScheduled")
                    .withStatus("False")
                    .withMessage(SCHEDULER)
                    .endCondition()
                    .endStatus()
                    .build());
  }

  /** The autoscaler is at it, before the scheduler's next word. */
  private void grow() {
    cluster
        .admin()
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withName("grows")
                .withNamespace(KubernetesCluster.NAMESPACE)
                .endMetadata()
                .withNewInvolvedObject()
                .withKind("Pod")
                .withName(NAME + "-0")
                .withUid(pod().get().getMetadata().getUid())
                .endInvolvedObject()
                .withReason("TriggeredScaleUp")
                .withMessage("pod triggered scale-up: 0->1")
                .withLastTimestamp(NOW.toString())
                .build())
        .create();
  }

  private PodResource pod() {
    var pod = cluster.admin().pods().inNamespace(KubernetesCluster.NAMESPACE).withName(NAME + "-0");
    Poll.until("there is a pod", () -> pod.get() != null);
    return pod;
  }
}
