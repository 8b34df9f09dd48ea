package dev.gatehouse.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.aws.Aws;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eks.model.CreateNodegroupRequest;
import software.amazon.awssdk.services.eks.model.EksException;
import software.amazon.awssdk.services.eks.model.InvalidParameterException;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.ResourceInUseException;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eks.model.Taint;
import software.amazon.awssdk.services.eks.model.UpdateNodegroupConfigRequest;

/** The stand-in, as the real SDK sees it. */
final class AwsServerTest {
  private final FakeEks eks = new FakeEks("lab");
  private final AwsServer server = AwsServer.start(new FakeSts(), eks);
  private final Aws aws = server.aws(Optional.empty());

  @AfterEach
  void close() {
    aws.close();
    server.close();
  }

  @Test
  void nodegroup_created_isDescribedAsItWasSaid() {
    create("cpu");
    var group = describe("cpu");
    assertThat(group.instanceTypes()).containsExactly("m7i.2xlarge", "m6i.2xlarge");
    assertThat(group.labels()).isEqualTo(Map.of("gatehouse.dev/pool", "cpu"));
    assertThat(group.taints()).extracting(Taint::effectAsString).containsExactly("NO_SCHEDULE");
    assertThat(group.scalingConfig().maxSize()).isEqualTo(4);
    assertThat(group.createdAt()).hasToString("2026-11-30T12:00:00Z");
  }

  @Test
  void nodegroup_scaled_isDescribedWithTheNewSize() {
    create("cpu");
    scale("cpu", 3);
    assertThat(describe("cpu").scalingConfig().desiredSize()).isEqualTo(3);
  }

  @Test
  void nodegroup_scaledWithLag_isDescribedAsBeforeForAWhile() {
    create("cpu");
    eks.lag(2);
    scale("cpu", 3);
    assertThat(describe("cpu").scalingConfig().desiredSize()).isEqualTo(1);
    assertThat(describe("cpu").scalingConfig().desiredSize()).isEqualTo(1);
    assertThat(describe("cpu").scalingConfig().desiredSize()).isEqualTo(3);
  }

  @Test
  void nodegroup_desiredAboveMax_isRefusedAsAwsDoes() {
    create("cpu");
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> scale("cpu", 5))
        .withMessageContaining("Desired capacity 5 can't be greater than max size 4");
  }

  @Test
  void nodegroup_createdTwice_isInUse() {
    create("cpu");
    assertThatExceptionOfType(ResourceInUseException.class).isThrownBy(() -> create("cpu"));
  }

  @Test
  void nodegroup_unknown_isNotFound() {
    assertThatExceptionOfType(ResourceNotFoundException.class).isThrownBy(() -> describe("none"));
  }

  @Test
  void nodegroups_moreThanAPage_areListedByPages() {
    eks.pageSize(2);
    for (var name : new String[] {"a", "b", "c", "d", "e"}) {
      create(name);
    }
    var names =
        aws.eks().listNodegroupsPaginator(r -> r.clusterName("lab")).nodegroups().stream().toList();
    assertThat(names).containsExactly("a", "b", "c", "d", "e");
    assertThat(server.calls()).filteredOn(c -> c.operation().equals("ListNodegroups")).hasSize(3);
  }

  @Test
  void request_cutAfterItWasDone_isDone() {
    create("cpu");
    server.fail(
        "UpdateNodegroupConfig", new Fault.CutAfter(), new Fault.CutAfter(), new Fault.CutAfter());
    assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> scale("cpu", 2));
    assertThat(describe("cpu").scalingConfig().desiredSize()).isEqualTo(2);
    // Each attempt of the SDK is one request, with one token: the JDK repeats no POST with a body.
    assertThat(server.requests(UpdateNodegroupConfigRequest.class))
        .hasSize(3)
        .extracting(UpdateNodegroupConfigRequest::clientRequestToken)
        .containsOnly(
            server.requests(UpdateNodegroupConfigRequest.class).getFirst().clientRequestToken());
  }

  @Test
  void request_withoutARequiredMember_isAViolation() {
    assertThatExceptionOfType(EksException.class)
        .isThrownBy(
            () ->
                aws.eks()
                    .createNodegroup(r -> r.clusterName("lab").nodegroupName("x").nodeRole("arn")));
    assertThat(server.takeViolations())
        .containsExactly("CreateNodegroup: ValidationException: subnets is required");
  }

  @Test
  void request_withAWordThatNoEnumerationHas_isAViolation() {
    assertThatExceptionOfType(EksException.class)
        .isThrownBy(() -> aws.eks().createNodegroup(request("cpu").capacityType("CHEAP").build()));
    assertThat(server.takeViolations())
        .containsExactly("CreateNodegroup: ValidationException: capacityType: no such value");
  }

  @Test
  void request_toAServiceThatIsNotThere_isAViolation() {
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> aws.autoScaling().describeAutoScalingGroups());
    assertThat(server.takeViolations()).contains("no service 'autoscaling' in this stand-in");
  }

  private void create(String name) {
    aws.eks().createNodegroup(request(name).build());
  }

  private static CreateNodegroupRequest.Builder request(String name) {
    return CreateNodegroupRequest.builder()
        .clusterName("lab")
        .nodegroupName(name)
        .nodeRole("arn:aws:iam::123456789012:role/node")
        .subnets("subnet-a")
        .instanceTypes("m7i.2xlarge", "m6i.2xlarge")
        .labels(Map.of("gatehouse.dev/pool", name))
        .taints(Taint.builder().key("gpu").value("true").effect("NO_SCHEDULE").build())
        .scalingConfig(s -> s.minSize(0).maxSize(4).desiredSize(1));
  }

  private void scale(String name, int desired) {
    aws.eks()
        .updateNodegroupConfig(
            r ->
                r.clusterName("lab")
                    .nodegroupName(name)
                    .scalingConfig(s -> s.desiredSize(desired)));
  }

  private Nodegroup describe(String name) {
    return aws.eks().describeNodegroup(r -> r.clusterName("lab").nodegroupName(name)).nodegroup();
  }
}
