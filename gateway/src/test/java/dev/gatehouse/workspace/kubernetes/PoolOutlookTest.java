package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.nodes.Amount;
import dev.gatehouse.nodes.Node;
import dev.gatehouse.nodes.NodeOverview;
import dev.gatehouse.nodes.NodeReport;
import dev.gatehouse.nodes.PoolIssue;
import dev.gatehouse.nodes.PoolReport;
import dev.gatehouse.nodes.PoolReport.Entry;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.Start;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A workspace whose pool has no node for it: people read "waiting for a node" for five minutes, and
 * neither who makes one, nor that nobody ever will.
 */
class PoolOutlookTest extends ClusterTests {
  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
  private static final String DEFINITION =
      """
      pools: {gpu: {max: 2, cpu: 8, gpus: 1}, cpu: {max: 9}}
      machineTypes:
        standard: {pool: gpu, gpus: 1, cpu: 2}
        more: {pool: cpu, gpus: 0}
        small: {cpu: 1, memory: 1Gi, gpus: 1}
        secret: {cpu: 1, memory: 1Gi, gpus: 1, groups: [nobody-here]}
      """;
  private static final String NONE_OF_ITS_KIND =
      "0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.";
  private static final String NO_GPU_FREE =
      "0/2 nodes are available: 1 Insufficient nvidia.com/gpu, 1 node(s) didn't match Pod's node"
          + " affinity/selector.";

  private volatile Instant now = NOW;
  private volatile PoolReport pools = new PoolReport(NOW, List.of());
  private volatile Duration age = Duration.ZERO;
  private final List<String> steps = new CopyOnWriteArrayList<>();

  @BeforeEach
  void hold() {
    cluster.node().hold();
    now = NOW;
    age = Duration.ZERO;
    steps.clear();
  }

  private void told(boolean makes, String maker, int ready, int desired, PoolIssue... issues) {
    pools = report(entry(makes, maker, ready, desired, issues));
  }

  private static PoolReport report(Entry... entries) {
    return new PoolReport(NOW, List.of(entries));
  }

  private static Entry entry(
      boolean makes, String maker, int ready, int desired, PoolIssue... issues) {
    return new Entry(
        "gpu",
        "Karpenter",
        makes,
        Optional.of(maker),
        true,
        0,
        Optional.of(2),
        Optional.of(desired),
        ready,
        List.of(),
        false,
        List.of(issues),
        List.of(80L, 95L, 100L),
        Optional.empty());
  }

  private Start start() {
    var workspaces =
        cluster.workspaces(
            () -> KubernetesCluster.definition(DEFINITION),
            KubernetesCluster.CA,
            overview(),
            () -> now);
    var start = workspaces.start(spec(DEFINITION));
    start.onProgress(step -> steps.add(step.what()));
    return start;
  }

  private NodeOverview overview() {
    return new NodeOverview() {
      @Override
      public Optional<NodeReport> latest() {
        var room = new Amount(8000, 32L << 30, Map.of("nvidia.com/gpu", 1L));
        return Optional.of(
            new NodeReport(
                now,
                List.of(
                    new Node(
                        "n1", true, false, List.of(), room, Amount.NONE, Optional.empty(), 0))));
      }

      @Override
      public Optional<PoolReport> pools() {
        return Optional.of(new PoolReport(now.minus(age), pools.pools()));
      }
    };
  }

  private void awaitStep(String wanted) {
    Poll.until(() -> steps.toString(), Poll.PATIENCE, () -> steps.contains(wanted));
  }

  @Test
  void start_poolAtItsMost_saysSoAtOnceWithTheWaysOut_andDoesNotWaitForLong() {
    told(true, "Karpenter", 2, 2);
    var start = start();

    refuse(NO_GPU_FREE);

    var full =
        "pool gpu has the 2 nodes that it may have, and none has enough GPUs free and of its kind"
            + " is there: take a machine type that has room (small), or an administrator lets it"
            + " have more: gate pool scale gpu --max 3";
    awaitStep("waiting for room: " + full);
    now = NOW.plusSeconds(31);
    assertThat(failureOf(start.endpoint())).isEqualTo(new Failure.Unavailable("pool-full", full));
  }

  @Test
  void start_poolAtItsMostAndTheAutoscalerHasRefused_failsAtOnce() {
    told(true, "the cluster autoscaler", 2, 2);
    var start = start();

    event("NotTriggerScaleUp", "pod didn't trigger scale-up: 1 max node group size reached");
    refuse(NO_GPU_FREE);

    assertThat(failureOf(start.endpoint()).code()).isEqualTo("pool-full");
  }

  /** All nodes are of another kind, since the pool has none: thirty seconds were too short. */
  @Test
  void start_poolScaledToZero_saysWhoMakesANode_andWaitsForIt() {
    told(true, "Karpenter", 0, 0);
    var start = start();

    refuse(NONE_OF_ITS_KIND);

    awaitStep(
        "waiting for a node of pool gpu: none of its kind is there; Karpenter makes it, usually in"
            + " 95 s");
    now = NOW.plusSeconds(120);
    assertThat(start.endpoint()).isNotDone();
  }

  @Test
  void start_poolGrows_saysWhichByWhoseWordAndHowLong() {
    told(true, "the cluster autoscaler", 1, 2);
    start();

    event("TriggeredScaleUp", "pod triggered scale-up: [{ng-1 1->2 (max: 2)}]");
    refuse(NO_GPU_FREE);

    awaitStep(
        "waiting for a new node of pool gpu: the cluster autoscaler makes it, usually in 95 s");
  }

  @Test
  void start_poolHasAnIssue_saysItInWords_andSoDoesTheFailure() {
    told(
        true,
        "Karpenter",
        0,
        1,
        new PoolIssue(
            "InsufficientCapacityError", "the cloud has no machine free now", Optional.of(NOW)));
    var start = start();

    refuse(NONE_OF_ITS_KIND);

    awaitStep(
        "waiting for a node of pool gpu: none of its kind is there; Karpenter makes it, usually in"
            + " 95 s; but the cloud has no machine free now");
    now = NOW.plus(Duration.ofMinutes(6));
    assertThat(failureOf(start.endpoint()).message())
        .isEqualTo("no node of its kind is there; but the cloud has no machine free now");
  }

  @Test
  void start_nobodyHereMakesNodes_saysWhoMust_andDoesNotWaitForLong() {
    told(false, "whoever makes the nodes of this cluster", 0, 0);
    var start = start();

    refuse(NONE_OF_ITS_KIND);

    awaitStep(
        "waiting for a node of pool gpu: none of its kind is there; whoever makes the nodes of this"
            + " cluster must make it, usually in 95 s");
    now = NOW.plusSeconds(31);
    assertThat(failureOf(start.endpoint()).code()).isEqualTo("no-node");
  }

  @Test
  void outlook_reportIsOldOrTheTypeHasNoPool_isAbsent() {
    told(true, "Karpenter", 0, 0);
    assertThat(outlook("standard")).isPresent();
    assertThat(outlook("more")).isEmpty();
    age = Duration.ofMinutes(10);
    assertThat(outlook("standard")).isEmpty();
  }

  private Optional<PoolOutlook> outlook(String type) {
    ClusterDefinition definition = KubernetesCluster.definition(DEFINITION);
    var spec = spec(DEFINITION);
    return new PoolRoom(new NodeRoom(overview(), () -> definition, () -> now))
        .outlook(
            new dev.gatehouse.workspace.WorkspaceSpec(
                spec.id(),
                spec.owner(),
                Objects.requireNonNull(definition.machineTypes().get(new MachineTypeName(type)))));
  }

  private void refuse(String scheduler) {
    pod()
        .editStatus(
            pod ->
                pod.edit()
                    .withNewStatus()
                    .addNewCondition()
                    .withType("PodScheduled")
                    .withStatus("False")
                    .withMessage(scheduler)
                    .endCondition()
                    .endStatus()
                    .build());
  }

  private void event(String reason, String message) {
    cluster
        .admin()
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withName("told")
                .withNamespace(KubernetesCluster.NAMESPACE)
                .endMetadata()
                .withNewInvolvedObject()
                .withKind("Pod")
                .withName(NAME + "-0")
                .withUid(pod().get().getMetadata().getUid())
                .endInvolvedObject()
                .withReason(reason)
                .withMessage(message)
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
