package dev.gatehouse.aws.nodes;

import static dev.gatehouse.aws.nodes.PoolFixture.pool;
import static dev.gatehouse.testkit.aws.FakeAutoScaling.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.cluster.AwsSettings.NodeEngine;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.testkit.aws.Fault;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

final class ScalingGroupsTest {
  private final PoolFixture fixture = new PoolFixture(NodeEngine.SCALING_GROUPS);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void apply_otherNumbers_scalesAndDescribeShowsIt() throws InterruptedException {
    group("asg-cpu", "cpu");
    var pool = pool("cpu", "min: 1, max: 6, nodes: 5");
    assertThat(fixture.plan(pool)).containsExactly("min: 0 -> 1", "max: 4 -> 6", "nodes: 2 -> 5");
    fixture.apply(pool);
    var state = fixture.engine.look(pool).orElseThrow();
    assertThat(state.max()).isEqualTo(6);
    assertThat(state.desired()).isEqualTo(OptionalInt.of(5));
    assertThat(state.ready()).isEqualTo(5);
    assertThat(fixture.plan(pool)).isEmpty();
  }

  @Test
  void apply_twice_asksOnce() throws InterruptedException {
    group("asg-cpu", "cpu");
    var pool = pool("cpu", "min: 1, max: 6");
    fixture.apply(pool);
    fixture.apply(pool);
    assertThat(updates()).hasSize(1);
  }

  @Test
  void apply_answerLost_endsWithTheSameNumbers() throws InterruptedException {
    group("asg-cpu", "cpu");
    fixture.server.fail("UpdateAutoScalingGroup", new Fault.CutAfter());
    fixture.apply(pool("cpu", "min: 1, max: 6, nodes: 3"));
    assertThat(fixture.autoScaling.group("asg-cpu").orElseThrow().desiredCapacity()).isEqualTo(3);
  }

  @Test
  void apply_moreThanTheGroupMayHave_isRefusedBeforeAwsIsAsked() {
    group("asg-cpu", "cpu");
    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(() -> fixture.apply(pool("cpu", "nodes: 9")))
        .withMessageContaining("9 nodes are more than max 4")
        .withMessageEndingWith("(pool-size-refused)");
    assertThat(updates()).isEmpty();
  }

  @Test
  void apply_autoscaled_saysNothingOfTheNumber() throws InterruptedException {
    group("asg-cpu", "cpu");
    fixture.isAutoscaled = true;
    var pool = pool("cpu", "min: 0, max: 8, nodes: 6");
    fixture.apply(pool);
    assertThat(updates()).singleElement().satisfies(r -> assertThat(r.desiredCapacity()).isNull());
    assertThat(fixture.engine.look(pool).orElseThrow().decidedBy())
        .contains("the cluster autoscaler");
  }

  @Test
  void apply_instanceTypesAndSpot_setsTheMixedInstancesPolicy() throws InterruptedException {
    group("asg-cpu", "cpu");
    var pool = pool("cpu", "max: 4, instanceTypes: [m7i.xlarge, m6i.xlarge], spot: true");
    assertThat(fixture.plan(pool))
        .containsExactly("instanceTypes: none -> m7i.xlarge, m6i.xlarge", "spot: false -> true");
    fixture.apply(pool);
    var policy = fixture.autoScaling.group("asg-cpu").orElseThrow().mixedInstancesPolicy();
    assertThat(policy.launchTemplate().overrides())
        .extracting(LaunchTemplateOverrides::instanceType)
        .containsExactly("m7i.xlarge", "m6i.xlarge");
    assertThat(policy.launchTemplate().launchTemplateSpecification().launchTemplateId())
        .isEqualTo("lt-0123456789abcdef0");
    assertThat(policy.launchTemplate().launchTemplateSpecification().launchTemplateName()).isNull();
    assertThat(policy.instancesDistribution().onDemandPercentageAboveBaseCapacity()).isZero();
    assertThat(fixture.plan(pool)).isEmpty();
    assertThat(fixture.engine.look(pool).orElseThrow().spot()).isTrue();
  }

  @Test
  void look_poolsByPages_findsTheGroupOfThisClusterByItsTag() {
    fixture.autoScaling.pageSize(1);
    fixture.autoScaling.put(
        bare("other-cluster", "cpu")
            .tags(tag("gatehouse.dev/pool", "cpu"), tag("kubernetes.io/cluster/prod", "owned"))
            .build());
    group("asg-cpu", "cpu");
    group("asg-gpu", "gpu");
    assertThat(fixture.engine.look(pool("cpu", "max: 4"))).isPresent();
    assertThat(fixture.engine.look(pool("none", "max: 4"))).isEmpty();
  }

  @Test
  void look_tagOfTheAutoscalersLabel_findsTheGroup() {
    fixture.autoScaling.put(
        bare("asg-cpu", "cpu")
            .tags(
                tag("k8s.io/cluster-autoscaler/node-template/label/gatehouse.dev/pool", "cpu"),
                tag("kubernetes.io/cluster/lab", "owned"))
            .build());
    assertThat(fixture.engine.look(pool("cpu", "max: 4"))).isPresent();
  }

  @Test
  void look_twoGroups_namesBoth() {
    group("asg-1", "cpu");
    group("asg-2", "cpu");
    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(() -> fixture.engine.look(pool("cpu", "max: 4")))
        .withMessageContaining("asg-1, asg-2")
        .withMessageEndingWith("(pool-group-ambiguous)");
  }

  @Test
  void plan_noGroup_saysWhatToTag() {
    assertThat(fixture.plan(pool("cpu", "max: 4")))
        .singleElement()
        .asString()
        .contains("has the tag gatehouse.dev/pool=cpu")
        .endsWith("(pool-group-missing)");
  }

  @Test
  void plan_whatTheLaunchTemplateSays_isRefused() {
    group("asg-cpu", "cpu");
    assertThat(fixture.plan(pool("cpu", "max: 4, disk: 100Gi")))
        .first()
        .asString()
        .endsWith("(pool-field-refused)");
  }

  @Test
  void plan_launchConfigurationAndTypes_isRefused() {
    fixture.autoScaling.put(
        bare("asg-cpu", "cpu")
            .launchConfigurationName("old")
            .launchTemplate((LaunchTemplateSpecification) null)
            .build());
    assertThat(fixture.plan(pool("cpu", "max: 4, spot: true")))
        .first()
        .asString()
        .endsWith("(pool-group-old)");
  }

  @Test
  void remove_always_leavesTheGroup() throws InterruptedException {
    group("asg-cpu", "cpu");
    fixture.engine.remove(new PoolName("cpu"), fixture.waits::add);
    assertThat(fixture.waits)
        .containsExactly("Auto Scaling group asg-cpu: it stays, for the platform has not made it");
    assertThat(updates()).isEmpty();
  }

  private List<UpdateAutoScalingGroupRequest> updates() {
    return fixture.server.requests(UpdateAutoScalingGroupRequest.class);
  }

  private void group(String name, String pool) {
    fixture.autoScaling.put(bare(name, pool).build());
  }

  private static AutoScalingGroup.Builder bare(String name, String pool) {
    return AutoScalingGroup.builder()
        .autoScalingGroupName(name)
        .minSize(0)
        .maxSize(4)
        .desiredCapacity(2)
        .launchTemplate(
            t ->
                t.launchTemplateId("lt-0123456789abcdef0").launchTemplateName("nodes").version("3"))
        .tags(
            tag("gatehouse.dev/pool", pool),
            tag("kubernetes.io/cluster/lab", "owned"),
            tag("k8s.io/cluster-autoscaler/enabled", "true"));
  }
}
