package dev.gatehouse.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.testkit.aws.AwsServer;
import dev.gatehouse.testkit.aws.FakeEc2;
import dev.gatehouse.testkit.aws.FakeSts;
import dev.gatehouse.testkit.aws.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * A connection is cut after EC2 has made a snapshot. The SDK asks again by itself, and there are
 * two: EC2 takes no client token for snapshots.
 */
final class UnrepeatedTest {
  private static final String OPERATION = "CreateSnapshot";
  private static final Tag OURS = Tag.builder().key("gatehouse.dev/request").value("r1").build();

  private final FakeEc2 ec2 = new FakeEc2();
  private final AwsServer server = AwsServer.start(new FakeSts(), ec2);
  private final Aws aws = server.aws(Optional.empty());
  private final List<Duration> pauses = new ArrayList<>();
  private final Unrepeated unrepeated = new Unrepeated(pauses::add);

  @AfterEach
  void close() {
    aws.close();
    server.close();
  }

  @Test
  void sdkAlone_cutAfterItWasDone_makesTwo() {
    server.fail(OPERATION, new Fault.CutAfter());
    aws.ec2().createSnapshot(request().build());
    assertThat(ec2.snapshots()).hasSize(2);
  }

  @Test
  void ask_cutAfterItWasDone_findsTheOneByItsTag() throws InterruptedException {
    server.fail(OPERATION, new Fault.CutAfter());
    assertThat(ask()).isEqualTo(ec2.snapshots().iterator().next().snapshotId());
    assertThat(ec2.snapshots()).hasSize(1);
  }

  @Test
  void ask_cutAfterItWasDoneAndSeenLate_findsTheOne() throws InterruptedException {
    ec2.lag(3);
    server.fail(OPERATION, new Fault.CutAfter());
    ask();
    assertThat(ec2.snapshots()).hasSize(1);
    assertThat(pauses).hasSize(3);
  }

  @Test
  void ask_cutBeforeItWasDone_asksAgain() throws InterruptedException {
    server.fail(OPERATION, new Fault.CutBefore());
    ask();
    assertThat(ec2.snapshots()).hasSize(1);
    assertThat(server.requests(CreateSnapshotRequest.class)).hasSize(2);
  }

  @Test
  void ask_throttled_asksAgainWithoutLooking() throws InterruptedException {
    server.fail(OPERATION, Fault.throttled503());
    ask();
    assertThat(server.calls()).extracting(c -> c.operation()).containsExactly(OPERATION, OPERATION);
  }

  @Test
  void ask_refused_isNotAskedAgain() {
    server.fail(OPERATION, new Fault.Answer(400, "InvalidVolume.NotFound", "no such volume"));
    assertThatExceptionOfType(Ec2Exception.class).isThrownBy(this::ask);
    assertThat(server.calls()).hasSize(1);
  }

  @Test
  void ask_neverAnswered_givesUpAfterThree() {
    server.fail(OPERATION, new Fault.CutBefore(), new Fault.CutBefore(), new Fault.CutBefore());
    assertThatExceptionOfType(SdkClientException.class).isThrownBy(this::ask);
    assertThat(server.requests(CreateSnapshotRequest.class)).hasSize(3);
    assertThat(ec2.snapshots()).isEmpty();
  }

  private String ask() throws InterruptedException {
    return unrepeated.ask(
        this::made,
        once ->
            aws.ec2().createSnapshot(request().overrideConfiguration(once).build()).snapshotId());
  }

  private Optional<String> made() {
    return aws
        .ec2()
        .describeSnapshots(
            r -> r.filters(Filter.builder().name("tag:" + OURS.key()).values(OURS.value()).build()))
        .snapshots()
        .stream()
        .map(Snapshot::snapshotId)
        .findFirst();
  }

  private static CreateSnapshotRequest.Builder request() {
    return CreateSnapshotRequest.builder()
        .volumeId("vol-1")
        .tagSpecifications(
            TagSpecification.builder().resourceType(ResourceType.SNAPSHOT).tags(OURS).build());
  }
}
