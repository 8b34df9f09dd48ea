package dev.gatehouse.aws.nodes;

import static dev.gatehouse.aws.nodes.PoolFixture.pool;
import static dev.gatehouse.aws.nodes.PoolFixture.systemGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.cluster.AwsSettings.NodeEngine;
import dev.gatehouse.cluster.Pool;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.nodes.PoolIssue;
import dev.gatehouse.testkit.aws.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateHttpTokensState;
import software.amazon.awssdk.services.eks.model.CreateNodegroupRequest;
import software.amazon.awssdk.services.eks.model.Issue;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.NodegroupIssueCode;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;
import software.amazon.awssdk.services.eks.model.UpdateNodegroupConfigRequest;

final class NodeGroupsTest {
  private static final String CPU = "min: 1, max: 4, instanceTypes: [m7i.2xlarge, m6i.2xlarge]";

  private final PoolFixture fixture = new PoolFixture(NodeEngine.NODE_GROUPS);

  NodeGroupsTest() {
    fixture.eks.put(systemGroup());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  // ---- making ----

  @Test
  void apply_newPool_makesANodeGroupAsTheDefinitionSays() throws InterruptedException {
    fixture.apply(
        pool(
            "gpu",
            """
            min: 0, max: 2, instanceTypes: [g6.2xlarge, g5.2xlarge], spot: true, zones: [eu-central-1b],
            disk: 200Gi, image: AL2023_x86_64_NVIDIA, labels: {site/kind: gpu},
            taints: [{key: nvidia.com/gpu, value: present, effect: NoSchedule}]
            """));
    var group = made("gpu");
    assertThat(group.instanceTypes()).containsExactly("g6.2xlarge", "g5.2xlarge");
    assertThat(group.capacityTypeAsString()).isEqualTo("SPOT");
    assertThat(group.subnets()).containsExactly("subnet-b");
    assertThat(group.amiTypeAsString()).isEqualTo("AL2023_x86_64_NVIDIA");
    assertThat(group.labels()).isEqualTo(Map.of("site/kind", "gpu", Pool.LABEL, "gpu"));
    assertThat(group.taints())
        .singleElement()
        .satisfies(t -> assertThat(t.effectAsString()).isEqualTo("NO_SCHEDULE"));
    assertThat(group.nodeRole()).isEqualTo("arn:aws:iam::123456789012:role/lab-nodes");
    assertThat(group.scalingConfig().desiredSize()).isEqualTo(0);
    assertThat(group.updateConfig().maxUnavailable()).isEqualTo(1);
  }

  /** What runs in a pod is one hop further than its node. */
  @Test
  void apply_newPool_keepsPodsFromTheNodesCredentialsAndEncryptsItsDisk()
      throws InterruptedException {
    fixture.apply(pool("cpu", CPU + ", disk: 200Gi"));
    var template =
        fixture.ec2.launchTemplate(made("cpu").nodegroupName()).orElseThrow().launchTemplateData();
    assertThat(template.metadataOptions().httpPutResponseHopLimit()).isEqualTo(1);
    assertThat(template.metadataOptions().httpTokens())
        .isEqualTo(LaunchTemplateHttpTokensState.REQUIRED);
    assertThat(template.blockDeviceMappings())
        .singleElement()
        .satisfies(
            d -> {
              assertThat(d.deviceName()).isEqualTo("/dev/xvda");
              assertThat(d.ebs().volumeSize()).isEqualTo(200);
              assertThat(d.ebs().encrypted()).isTrue();
            });
  }

  @Test
  void apply_bottlerocket_hasItsDiskBesideTheSystems() throws InterruptedException {
    fixture.apply(pool("cpu", CPU + ", image: BOTTLEROCKET_x86_64"));
    var template = fixture.ec2.launchTemplate(made("cpu").nodegroupName()).orElseThrow();
    assertThat(template.launchTemplateData().blockDeviceMappings())
        .extracting(d -> d.deviceName() + " " + d.ebs().volumeSize())
        .containsExactly("/dev/xvda 4", "/dev/xvdb 100");
  }

  @Test
  void apply_twice_changesNothingMore() throws InterruptedException {
    var pool = pool("cpu", CPU);
    fixture.apply(pool);
    assertThat(fixture.plan(pool)).isEmpty();
    fixture.apply(pool);
    assertThat(fixture.server.requests(CreateNodegroupRequest.class)).hasSize(1);
    assertThat(fixture.server.requests(UpdateNodegroupConfigRequest.class)).isEmpty();
  }

  @Test
  void apply_seenLate_waitsForIt() throws InterruptedException {
    fixture.eks.lag(3);
    fixture.apply(pool("cpu", CPU));
    assertThat(fixture.waits).anyMatch(w -> w.endsWith("EKS does not show it yet"));
    assertThat(made("cpu").status()).isEqualTo(NodegroupStatus.ACTIVE);
  }

  @Test
  void apply_answerLost_makesOneGroup() throws InterruptedException {
    fixture.server.fail("CreateNodegroup", new Fault.CutAfter());
    var pool = pool("cpu", CPU);
    fixture.apply(pool);
    assertThat(fixture.plan(pool)).isEmpty();
    assertThat(groups("cpu")).hasSize(1);
  }

  /** It died between the launch template and the node group, or while EKS made that. */
  @Test
  void apply_afterAnOperatorThatDied_goesOnWithItsGroup() throws InterruptedException {
    fixture.eks.statusOfNew(NodegroupStatus.CREATING);
    var pool = pool("cpu", CPU);
    assertThatExceptionOfType(FailureException.class).isThrownBy(() -> fixture.apply(pool));
    var group = made("cpu");
    fixture.eks.put(group.toBuilder().status(NodegroupStatus.ACTIVE).build());
    fixture.apply(pool);
    assertThat(fixture.server.requests(CreateNodegroupRequest.class)).hasSize(1);
    assertThat(fixture.plan(pool)).isEmpty();
  }

  @Test
  void apply_eksCannotMakeIt_saysWhy() {
    fixture.eks.statusOfNew(
        NodegroupStatus.CREATE_FAILED,
        Issue.builder()
            .code(NodegroupIssueCode.NODE_CREATION_FAILURE)
            .message("Instances failed to join the kubernetes cluster")
            .build());
    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(() -> fixture.apply(pool("cpu", CPU)))
        .withMessageContaining("machines run and do not join the cluster")
        .withMessageContaining("Instances failed to join the kubernetes cluster")
        .withMessageEndingWith("(pool-not-ready)");
  }

  @Test
  void apply_eksNeverReady_givesUpAfterThePatience() {
    fixture.eks.statusOfNew(NodegroupStatus.CREATING);
    var begin = fixture.now;
    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(() -> fixture.apply(pool("cpu", CPU)))
        .withMessageContaining("EKS says CREATING");
    assertThat(Duration.between(begin, fixture.now)).isEqualTo(Duration.ofMinutes(10));
    assertThat(fixture.waits).anyMatch(w -> w.endsWith("creating, 1 of 1 machines run"));
  }

  // ---- planning ----

  @Test
  void plan_newPool_saysWhatItWillHave() {
    assertThat(fixture.plan(pool("cpu", CPU)))
        .containsExactly(
            "min: none -> 1",
            "max: none -> 4",
            "nodes: none -> 1",
            "instanceTypes: none -> m7i.2xlarge, m6i.2xlarge",
            "spot: none -> false",
            "labels: none -> {gatehouse.dev/pool=cpu}");
  }

  @Test
  void plan_otherInstanceTypes_saysThatNodesAreMadeAnew() throws InterruptedException {
    fixture.apply(pool("cpu", CPU));
    assertThat(fixture.plan(pool("cpu", "min: 1, max: 6, instanceTypes: [c7i.2xlarge]")))
        .containsExactly("max: 4 -> 6", "! instanceTypes: m7i.2xlarge, m6i.2xlarge -> c7i.2xlarge");
  }

  @Test
  void plan_onlyReads() {
    fixture.plan(pool("cpu", CPU));
    assertThat(fixture.server.calls())
        .extracting(c -> c.operation())
        .allMatch(o -> o.startsWith("Describe") || o.startsWith("List") || o.startsWith("Get"));
  }

  // ---- scaling ----

  @Test
  void apply_otherNumbers_scalesAndDescribeShowsIt() throws InterruptedException {
    fixture.apply(pool("cpu", CPU));
    fixture.apply(
        pool("cpu", "min: 2, max: 8, nodes: 5, instanceTypes: [m7i.2xlarge, m6i.2xlarge]"));
    var state = fixture.engine.look(pool("cpu", CPU)).orElseThrow();
    assertThat(state.min()).isEqualTo(2);
    assertThat(state.max()).isEqualTo(8);
    assertThat(state.desired()).isEqualTo(OptionalInt.of(5));
    assertThat(state.ready()).isEqualTo(5);
    assertThat(groups("cpu")).hasSize(1);
  }

  @Test
  void apply_labelsAndTaints_changesJustThose() throws InterruptedException {
    fixture.apply(pool("cpu", CPU + ", labels: {a: one, b: two}, taints: [{key: x, value: y}]"));
    fixture.apply(pool("cpu", CPU + ", labels: {a: other}, taints: [{key: z, effect: NoExecute}]"));
    assertThat(made("cpu").labels()).isEqualTo(Map.of("a", "other", Pool.LABEL, "cpu"));
    assertThat(made("cpu").taints()).extracting(t -> t.key()).containsExactly("z");
    assertThat(fixture.server.requests(UpdateNodegroupConfigRequest.class))
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.scalingConfig()).isNull();
              assertThat(r.labels().removeLabels()).containsExactly("b");
            });
  }

  @Test
  void apply_moreThanTheGroupMayHave_isRefusedBeforeAwsIsAsked() throws InterruptedException {
    fixture.apply(pool("cpu", CPU));
    var more = pool("cpu", "nodes: 9, instanceTypes: [m7i.2xlarge, m6i.2xlarge]");
    assertThat(fixture.plan(more))
        .first()
        .isEqualTo(
            "AWS would refuse pool cpu: 9 nodes are more than max 4; nothing was asked of it"
                + " (pool-size-refused)");
    assertThatExceptionOfType(FailureException.class).isThrownBy(() -> fixture.apply(more));
    assertThat(fixture.server.requests(UpdateNodegroupConfigRequest.class)).isEmpty();
  }

  @Test
  void apply_maxOfNone_isRefusedBeforeAwsIsAsked() {
    assertThat(fixture.plan(pool("cpu", "max: 0, instanceTypes: [m7i.2xlarge]")))
        .first()
        .asString()
        .contains("max must be 1 at least; min: 0 lets it have no nodes");
  }

  // ---- the cluster autoscaler ----

  @Test
  void apply_autoscaled_leavesTheNumberToTheAutoscaler() throws InterruptedException {
    fixture.apply(pool("cpu", CPU));
    fixture.isAutoscaled = true;
    scaleByAutoscaler("cpu", 3);
    var pool = pool("cpu", "min: 1, max: 6, nodes: 2, instanceTypes: [m7i.2xlarge, m6i.2xlarge]");
    fixture.apply(pool);
    assertThat(made("cpu").scalingConfig().desiredSize()).isEqualTo(3);
    assertThat(fixture.server.requests(UpdateNodegroupConfigRequest.class).getLast())
        .satisfies(r -> assertThat(r.scalingConfig().desiredSize()).isNull());
    var state = fixture.engine.look(pool).orElseThrow();
    assertThat(state.decidedBy()).contains("the cluster autoscaler");
    assertThat(state.issues()).extracting(PoolIssue::code).containsExactly("NodesWithoutEffect");
  }

  /** EKS refuses a max below what there is. */
  @Test
  void apply_autoscaledBeyondTheNewMax_lowersTheNumberToo() throws InterruptedException {
    fixture.apply(pool("cpu", CPU));
    fixture.isAutoscaled = true;
    scaleByAutoscaler("cpu", 4);
    fixture.apply(pool("cpu", "min: 1, max: 2, instanceTypes: [m7i.2xlarge, m6i.2xlarge]"));
    assertThat(made("cpu").scalingConfig().desiredSize()).isEqualTo(2);
  }

  /** EKS puts the autoscaler's tags on all of its groups, whether or not there is one. */
  @Test
  void look_tagsWithoutAnAutoscaler_isDecidedByTheDefinition() throws InterruptedException {
    fixture.apply(pool("cpu", CPU));
    assertThat(fixture.engine.look(pool("cpu", CPU)).orElseThrow().decidedBy()).isEmpty();
  }

  // ---- replacing ----

  @Test
  void apply_otherInstanceTypes_makesTheNewGroupThenDeletesTheOld() throws InterruptedException {
    fixture.apply(pool("cpu", CPU));
    var old = made("cpu").nodegroupName();
    var pool = pool("cpu", "min: 1, max: 4, instanceTypes: [c7i.2xlarge]");
    fixture.apply(pool);
    assertThat(made("cpu").instanceTypes()).containsExactly("c7i.2xlarge");
    assertThat(fixture.eks.group(old)).isEmpty();
    assertThat(fixture.ec2.launchTemplate(old)).isEmpty();
    assertThat(fixture.plan(pool)).isEmpty();
    assertThat(fixture.server.calls())
        .extracting(c -> c.operation())
        .filteredOn(o -> o.contains("eateNodegroup") || o.contains("eteNodegroup"))
        .containsExactly("CreateNodegroup", "CreateNodegroup", "DeleteNodegroup");
  }

  @Test
  void apply_replacementCutOff_isEndedByTheNextApply() throws InterruptedException {
    fixture.apply(pool("cpu", CPU));
    var old = made("cpu").nodegroupName();
    var pool = pool("cpu", "min: 1, max: 4, instanceTypes: [c7i.2xlarge]");
    fixture.server.fail("DeleteNodegroup", new Fault.Answer(403, "AccessDeniedException", "no"));
    assertThatExceptionOfType(FailureException.class).isThrownBy(() -> fixture.apply(pool));
    assertThat(fixture.plan(pool))
        .containsExactly("the node group before this: %s -> none".formatted(old));
    fixture.apply(pool);
    assertThat(fixture.plan(pool)).isEmpty();
    assertThat(groups("cpu")).hasSize(1);
  }

  /**
   * Moto tells a disk of 20 GiB of each group with a launch template. If EKS told another thing
   * than it was told, the group would be its own successor, and be deleted.
   */
  @Test
  void apply_eksTellsAnotherThing_isNoReplacement() throws InterruptedException {
    var pool = pool("cpu", CPU + ", disk: 200Gi, image: AL2023_x86_64_STANDARD");
    fixture.apply(pool);
    fixture.eks.put(
        made("cpu").toBuilder()
            .diskSize(20)
            .tags(Map.of())
            .amiType("AL2023_ARM_64_STANDARD")
            .build());
    assertThat(fixture.plan(pool)).isEmpty();
    fixture.apply(pool);
    assertThat(groups("cpu")).hasSize(1);
  }

  // ---- of others ----

  @Test
  void apply_groupOfAnother_isScaledAndNeverMadeAnew() throws InterruptedException {
    adopt("cpu");
    fixture.apply(pool("cpu", "min: 3, max: 5, instanceTypes: [m7i.large]"));
    assertThat(fixture.eks.group("theirs").orElseThrow().scalingConfig().desiredSize())
        .isEqualTo(3);
    assertThat(fixture.plan(pool("cpu", "min: 3, max: 5, instanceTypes: [c7i.large]")))
        .first()
        .isEqualTo(
            "node group theirs has the nodes of pool cpu, was made by another, and would have to be"
                + " made anew for instanceTypes: write what it has, or delete it there"
                + " (pool-not-ours)");
  }

  @Test
  void remove_groupOfAnother_stays() throws InterruptedException {
    adopt("cpu");
    fixture.engine.remove(new PoolName("cpu"), fixture.waits::add);
    assertThat(fixture.eks.group("theirs")).isPresent();
    assertThat(fixture.waits)
        .containsExactly("node group theirs: it stays, for the platform has not made it");
  }

  @Test
  void remove_ours_deletesGroupAndTemplateAndNothingElse() throws InterruptedException {
    fixture.apply(pool("cpu", CPU));
    fixture.apply(pool("cpu-big", CPU));
    var name = made("cpu").nodegroupName();
    fixture.engine.remove(new PoolName("cpu"), fixture.waits::add);
    assertThat(fixture.eks.group(name)).isEmpty();
    assertThat(fixture.ec2.launchTemplate(name)).isEmpty();
    assertThat(made("cpu-big")).isNotNull();
    fixture.engine.remove(new PoolName("cpu"), fixture.waits::add);
  }

  // ---- what is refused, and what goes wrong ----

  @Test
  void plan_whatEksRefuses_isRefusedFirst() {
    assertThat(fixture.plan(pool("cpu", "max: 2")))
        .first()
        .asString()
        .contains("(pool-types-missing)");
    assertThat(fixture.plan(pool("cpu", CPU + ", image: ami-0123456789abcdef0")))
        .first()
        .asString()
        .contains("has one of EKS' kinds of images, not 'ami-0123456789abcdef0'")
        .contains("AL2023_x86_64_NVIDIA")
        .endsWith("(pool-image-refused)");
    assertThat(fixture.plan(pool("cpu", CPU + ", labels: {node.kubernetes.io/x: y}")))
        .first()
        .asString()
        .contains("(pool-label-refused)");
  }

  @Test
  void apply_zoneWithoutASubnet_isRefused() {
    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(() -> fixture.apply(pool("cpu", CPU + ", zones: [eu-central-1d]")))
        .withMessage(
            "cluster lab has no subnet for nodes in eu-central-1d; it has them in eu-central-1a,"
                + " eu-central-1b, eu-central-1c (pool-zone-missing)");
  }

  @Test
  void look_noCapacity_saysSoInWords() throws InterruptedException {
    fixture.autoScaling.capacity(1);
    fixture.apply(pool("cpu", CPU));
    var pool = pool("cpu", "min: 3, max: 4, instanceTypes: [m7i.2xlarge, m6i.2xlarge]");
    fixture.apply(pool);
    var group = made("cpu").resources().autoScalingGroups().getFirst().name();
    fixture.autoScaling.activity(
        group,
        ScalingActivityStatusCode.FAILED,
        fixture.now,
        "Launching a new EC2 instance.  Status Reason: ...",
        "At ... an instance was started in response to a difference between desired and actual"
            + " capacity",
        "We currently do not have sufficient m7i.2xlarge capacity in the Availability Zone you"
            + " requested (eu-central-1a).");
    var state = fixture.engine.look(pool).orElseThrow();
    assertThat(state.ready()).isEqualTo(1);
    assertThat(state.issues())
        .singleElement()
        .satisfies(
            i -> {
              assertThat(i.code()).isEqualTo("InsufficientInstanceCapacity");
              assertThat(i.sentence())
                  .startsWith("AWS has no machine of these instance types free in these zones now");
              assertThat(i.since()).contains(fixture.now);
            });
  }

  @Test
  void look_activitiesDenied_saysThatAndTheRest() throws InterruptedException {
    fixture.apply(pool("cpu", CPU));
    fixture.server.fail(
        "DescribeScalingActivities",
        Fault.denied(
            "autoscaling:DescribeScalingActivities", "arn:aws:iam::123456789012:user/ann"));
    var state = fixture.engine.look(pool("cpu", CPU)).orElseThrow();
    assertThat(state.desired()).isEqualTo(OptionalInt.of(1));
    assertThat(state.issues()).extracting(PoolIssue::code).containsExactly("aws-denied");
  }

  @Test
  void apply_firstNodeGroupOfTheCluster_saysWhoseRoleIsMissing() throws InterruptedException {
    try (var empty = new PoolFixture(NodeEngine.NODE_GROUPS)) {
      assertThatExceptionOfType(FailureException.class)
          .isThrownBy(() -> empty.apply(pool("cpu", CPU)))
          .withMessageEndingWith("(pool-node-role-missing)");
    }
  }

  // ---- what is there ----

  private List<Nodegroup> groups(String pool) {
    return fixture.eks.groups().stream()
        .filter(g -> NodeGroupNames.isOurs(g.nodegroupName(), new PoolName(pool)))
        .toList();
  }

  private Nodegroup made(String pool) {
    return groups(pool).getFirst();
  }

  private void adopt(String pool) {
    fixture.eks.put(
        systemGroup().toBuilder().nodegroupName("theirs").labels(Map.of(Pool.LABEL, pool)).build());
  }

  private void scaleByAutoscaler(String pool, int desired) {
    var group = made(pool);
    fixture.eks.put(
        group.toBuilder()
            .scalingConfig(group.scalingConfig().toBuilder().desiredSize(desired).build())
            .build());
  }
}
