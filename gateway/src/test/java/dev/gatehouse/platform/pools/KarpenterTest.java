package dev.gatehouse.platform.pools;

import static dev.gatehouse.platform.pools.PoolFixture.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.nodes.PoolDifference;
import dev.gatehouse.nodes.PoolIssue;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.Manifests;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.testkit.kubernetes.KarpenterController;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pools as NodePools, with the API's own rules, see NodePoolRules. */
final class KarpenterTest {
  private static final String POOL =
      "max: 4, instanceTypes: [g5.4xlarge, g6.4xlarge], spot: true, zones: [eu-central-1a],"
          + " labels: {example.com/disk: nvme},"
          + " taints: [{key: nvidia.com/gpu, value: present}, {key: quiet, effect: NoExecute}]";

  private final PoolFixture fixture = new PoolFixture().withKarpenter();
  private final Karpenter engine = fixture.engine(Provisioner.KARPENTER);

  @AfterEach
  void close() {
    fixture.close();
  }

  private void apply(String keys) throws InterruptedException {
    engine.apply(pool(keys), fixture.waited::add);
  }

  private List<PoolDifference> differences(String keys) {
    return engine.differences(pool(keys), engine.look(pool(keys)));
  }

  private Failure refusal(String keys) {
    return differences(keys).stream().flatMap(d -> d.refusal().stream()).findFirst().orElseThrow();
  }

  @Test
  void apply_pool_isANodePoolWithAllThatItSays() throws InterruptedException {
    apply(POOL);

    assertThat(fixture.nodePool().spec())
        .isEqualTo(
            Manifests.tree(
                """
                limits: {nodes: '4'}
                disruption: {consolidationPolicy: WhenEmpty, consolidateAfter: 10m}
                template:
                  metadata:
                    labels: {example.com/disk: nvme, gatehouse.dev/pool: gpu}
                  spec:
                    nodeClassRef: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: default}
                    requirements:
                      - {key: karpenter.sh/capacity-type, operator: In, values: [spot]}
                      - {key: topology.kubernetes.io/zone, operator: In, values: [eu-central-1a]}
                      - key: node.kubernetes.io/instance-type
                        operator: In
                        values: [g5.4xlarge, g6.4xlarge]
                    taints:
                      - {key: nvidia.com/gpu, value: present, effect: NoSchedule}
                      - {key: quiet, effect: NoExecute}
                """));
    assertThat(engine.look(pool(POOL)).orElseThrow())
        .returns(0, s -> s.min())
        .returns(4, s -> s.max())
        .returns(0, s -> s.ready())
        .returns(true, s -> s.spot())
        .returns(List.of("g5.4xlarge", "g6.4xlarge"), s -> s.instanceTypes())
        .returns(Optional.of("Karpenter"), s -> s.decidedBy())
        .returns(List.of(), s -> s.issues());
    assertThat(fixture.waited)
        .contains("NodePool gatehouse-gpu: Karpenter has not taken it up yet");
  }

  @Test
  void differences_asApplied_areNone_andThoseOfAChangeAreNamedInTheDefinitionsKeys()
      throws InterruptedException {
    apply(POOL);

    assertThat(differences(POOL)).isEmpty();
    assertThat(differences(POOL.replace("max: 4", "max: 8").replace("spot: true", "spot: false")))
        .containsExactly(
            PoolDifference.of("max", "4", "8"), PoolDifference.of("spot", "true", "false"));
  }

  @Test
  void apply_keyThatIsGone_isTakenAway() throws InterruptedException {
    apply(POOL);

    apply("instanceTypes: [g5.4xlarge]");

    assertThat(fixture.nodePool().spec()).doesNotContainKey("limits");
    assertThat(engine.look(pool("")).orElseThrow().max()).isEqualTo(Integer.MAX_VALUE);
    assertThat(differences("instanceTypes: [g5.4xlarge]")).isEmpty();
  }

  @Test
  void apply_scaledToZero_letsNoNodeBeMade() throws InterruptedException {
    apply("max: 0");

    assertThat(fixture.nodePool().spec()).containsEntry("limits", Map.of("nodes", "0"));
  }

  @Test
  void apply_poolWithoutInstanceTypes_hasThoseOfItsSize() throws InterruptedException {
    apply("cpu: 16, memory: 64Gi, gpus: 1");

    assertThat(NodePoolFields.of(fixture.nodePool()))
        .containsEntry(
            "size",
            "karpenter.k8s.aws/instance-cpu In [16], karpenter.k8s.aws/instance-gpu-count In [1],"
                + " karpenter.k8s.aws/instance-memory In [65536]");
  }

  // ---- a fixed number ----

  @Test
  void apply_poolWithNodes_isStatic_andScales() throws InterruptedException {
    apply("nodes: 2, max: 4");
    assertThat(fixture.nodePool().spec()).containsEntry("replicas", 2);

    apply("nodes: 3, max: 4");

    assertThat(engine.look(pool("nodes: 3")).orElseThrow())
        .returns(3, s -> s.min())
        .returns(3, s -> s.desired().orElseThrow())
        .returns(Optional.empty(), s -> s.decidedBy());
  }

  /** The API would refuse it: it is said before anybody asks. */
  @Test
  void differences_dynamicPoolGetsNodes_isRefusedBeforeTheApiIsAsked() throws InterruptedException {
    apply("max: 4");

    assertThat(refusal("nodes: 2, max: 4"))
        .returns("pool-kind-fixed", Failure::code)
        .satisfies(f -> assertThat(f.message()).contains("remove the pool, and add it anew"));
    assertThat(catchThrowableOfType(FailureException.class, () -> apply("nodes: 2")).failure())
        .returns("kubernetes-refused", Failure::code)
        .satisfies(f -> assertThat(f.message()).contains("Cannot transition NodePool"));
  }

  @Test
  void look_minimumOfADynamicPool_isToldToHaveNoEffect() throws InterruptedException {
    apply("min: 2, max: 4");

    assertThat(engine.look(pool("min: 2, max: 4")).orElseThrow().issues())
        .singleElement()
        .returns("NoMinimum", PoolIssue::code)
        .satisfies(i -> assertThat(i.sentence()).contains("min: 2 has no effect"));
  }

  // ---- disk and image ----

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AL2023_x86_64_NVIDIA     | [{alias=al2023@latest}]       | null         | [/dev/xvda]
          BOTTLEROCKET_ARM_64      | [{alias=bottlerocket@latest}] | null         | [/dev/xvda, /dev/xvdb]
          ami-0123456789abcdef0    | [{id=ami-0123456789abcdef0}]  | AL2023       | [/dev/xvda]
          """)
  void apply_diskAndImage_areInACopyOfTheSitesNodeClass(
      String image, String terms, String family, String devices) throws InterruptedException {
    apply("disk: 200Gi, image: " + image);

    var own = fixture.get("karpenter.k8s.aws/v1", "EC2NodeClass", "gatehouse-gpu").spec();
    assertThat(own.get("amiSelectorTerms")).hasToString(terms);
    assertThat(String.valueOf(own.get("amiFamily"))).isEqualTo(family);
    assertThat(own)
        .containsEntry("role", "KarpenterNodeRole-lab")
        .containsKey("subnetSelectorTerms");
    assertThat(own.get("blockDeviceMappings"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .extracting(mapping -> ((Map<?, ?>) mapping).get("deviceName"))
        .hasToString(devices);
    assertThat(
            NodePoolFields.ofClass(
                new KubernetesObject(NodePools.key(new PoolName("gpu")), Map.of("spec", own))))
        .containsEntry("disk", "200Gi");
    assertThat(NodePoolFields.of(fixture.nodePool())).containsEntry("node class", "gatehouse-gpu");
    assertThat(differences("disk: 200Gi, image: " + image)).isEmpty();
  }

  @Test
  void apply_diskAndImageAreGone_takesTheCopyAway() throws InterruptedException {
    apply("disk: 200Gi");

    apply("max: 1");

    assertThat(NodePoolFields.of(fixture.nodePool())).containsEntry("node class", "default");
    assertThat(fixture.live.list("karpenter.k8s.aws/v1", "EC2NodeClass", "", ""))
        .extracting(c -> c.key().name())
        .containsExactly("default");
  }

  @Test
  void differences_imageThatKarpenterDoesNotKnow_isRefused() {
    assertThat(refusal("image: WINDOWS_FULL_2025_x86_64").code()).isEqualTo("pool-image-refused");
  }

  @Test
  void differences_siteWithoutNodeClass_saysWhatToMake() {
    fixture.live.delete(new ObjectKey("karpenter.k8s.aws/v1", "EC2NodeClass", "", "default"));

    var failure =
        catchThrowableOfType(FailureException.class, () -> differences("max: 1")).failure();

    assertThat(failure.code()).isEqualTo("pool-node-class-missing");
    assertThat(failure.message()).contains("no EC2NodeClass").contains("call it default");
  }

  // ---- others' ----

  @Test
  void differences_nodePoolOfSomebodyElse_isRefused_andStays() throws InterruptedException {
    apply("max: 1");
    fixture.live.merge(
        NodePools.key(new PoolName("gpu")),
        Map.of("metadata", Map.of("labels", Map.of("app.kubernetes.io/managed-by", "argocd"))));

    assertThat(refusal("max: 2")).returns("pool-not-ours", Failure::code);
    engine.remove(new PoolName("gpu"), _ -> {});
    assertThat(fixture.nodePool()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"karpenter.sh/nodepool", "kubernetes.io/hostname", "karpenter.k8s.aws/instance-cpu"})
  void differences_labelOfKarpentersOwn_isRefused(String label) {
    assertThat(refusal("labels: {%s: a}".formatted(label)).code()).isEqualTo("pool-label-refused");
  }

  // ---- trouble ----

  @Test
  void apply_nobodyTakesItUp_failsWithWhatIsKnown() {
    fixture.karpenter = null;

    assertThat(catchThrowableOfType(FailureException.class, () -> apply("max: 1")).failure())
        .isEqualTo(
            new Failure.Unavailable(
                "pool-not-ready",
                "NodePool gatehouse-gpu is not in force: Karpenter does not answer; see its log"));
  }

  /** A CRD of another version: an API server says 500 to that, and it is no outage. */
  @Test
  void apply_fieldThatTheApiDoesNotKnow_isRefused_andNotUnavailable() {
    var key = Provisioner.nodePool("gatehouse-gpu");
    var typo =
        new KubernetesObject(
            key,
            Map.of(
                "apiVersion", key.apiVersion(),
                "kind", key.kind(),
                "metadata", Map.of("name", key.name()),
                "spec", Map.of("templat", Map.of())));

    assertThat(
            catchThrowableOfType(FailureException.class, () -> fixture.live.apply(typo)).failure())
        .returns("kubernetes-refused", Failure::code)
        .satisfies(f -> assertThat(f.message()).contains(".spec.templat: field not declared"));
  }

  @Test
  void look_conditionsAndEvents_areIssuesInWords() throws InterruptedException {
    apply("max: 1");
    fixture.karpenter.say("gatehouse-gpu", "NodeClassReady", "False", "SubnetsReady=False");
    event("a", "InsufficientCapacityError", "gatehouse-gpu-x7k2p", "creating nodeclaim, ICE", 60);
    event("b", "SpotInterrupted", "gatehouse-gpu-abcde", "Spot interruption warning", 30);
    event("c", "InsufficientCapacityError", "gatehouse-gpu-large-abcde", "of another pool", 30);
    event("d", "InsufficientCapacityError", "gatehouse-gpu-old00", "long ago", 3600);
    event("e", "Nominated", "gatehouse-gpu-abcde", "no trouble", 30);

    assertThat(engine.look(pool("max: 1")).orElseThrow().issues())
        .extracting(PoolIssue::code, PoolIssue::sentence)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(
                "NodeClassReady", "NodeClassReady: SubnetsReady=False"),
            org.assertj.core.api.Assertions.tuple(
                "InsufficientCapacityError",
                "the cloud has no machine of these types free now: creating nodeclaim, ICE"),
            org.assertj.core.api.Assertions.tuple(
                "SpotInterrupted", "the cloud takes a spot instance away: what runs on it moves"));
  }

  private void event(String name, String reason, String about, String message, long ago) {
    fixture.live.create(
        new KubernetesObject(
            new ObjectKey("v1", "Event", "default", name),
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Event",
                "metadata",
                Map.of("name", name, "namespace", "default"),
                "involvedObject",
                Map.of("kind", "NodeClaim", "name", about),
                "reason",
                reason,
                "message",
                message,
                "lastTimestamp",
                fixture.instant().minusSeconds(ago).toString())));
  }

  @Test
  void look_readyNodes_areCounted() throws InterruptedException {
    apply("max: 4");
    KarpenterController.join(fixture.server, "one", "gpu");
    KarpenterController.join(fixture.server, "two", "other");

    assertThat(engine.look(pool("max: 4")).orElseThrow().ready()).isEqualTo(1);
  }

  @Test
  void remove_pool_takesNodePoolAndNodeClassAway_andAgainDoesNothing() throws InterruptedException {
    apply("disk: 100Gi");

    engine.remove(new PoolName("gpu"), fixture.waited::add);
    engine.remove(new PoolName("gpu"), fixture.waited::add);

    assertThat(engine.look(pool("disk: 100Gi"))).isEmpty();
    assertThat(fixture.live.list("karpenter.k8s.aws/v1", "EC2NodeClass", "", "")).hasSize(1);
  }
}
