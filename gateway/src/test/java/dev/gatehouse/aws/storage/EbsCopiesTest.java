package dev.gatehouse.aws.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.aws.Aws;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.platform.snapshots.SnapshotCopies.Copy;
import dev.gatehouse.platform.snapshots.SnapshotCopies.Source;
import dev.gatehouse.testkit.aws.AwsServer;
import dev.gatehouse.testkit.aws.FakeEc2;
import dev.gatehouse.testkit.aws.FakeSts;
import dev.gatehouse.testkit.aws.Fault;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.CopySnapshotRequest;

/** CopySnapshot takes no client token: a lost answer must not make a second copy. */
final class EbsCopiesTest {
  private static final String OTHER = "eu-west-1";
  private static final Source SOURCE =
      new Source("snap-0123456789abcdef0", "home-ada", Instant.parse("2026-11-30T03:17:00Z"));

  private final FakeEc2 ec2 = new FakeEc2();
  private final AwsServer server = AwsServer.start(new FakeSts(), ec2);
  private final Aws aws = server.aws(Optional.empty());
  private final EbsCopies copies = new EbsCopies(aws, "lab", _ -> {});

  @AfterEach
  void close() {
    aws.close();
    server.close();
  }

  @Test
  void copy_aSnapshot_isThereWithWhatItIsOf() throws Exception {
    copies.copy(SOURCE, OTHER);
    assertThat(copies.in(OTHER)).extracting(Copy::source).containsExactly(SOURCE);
    assertThat(copies.in(OTHER)).extracting(Copy::ready).containsExactly(false);
    ec2.completeSnapshots();
    assertThat(copies.in(OTHER)).extracting(Copy::ready).containsExactly(true);
  }

  @Test
  void copy_toAnotherRegion_isAskedThereAndEncrypted() throws Exception {
    copies.copy(SOURCE, OTHER);
    assertThat(server.calls())
        .filteredOn(call -> call.operation().equals("CopySnapshot"))
        .extracting(call -> call.region())
        .containsExactly(OTHER);
    var request = server.requests(CopySnapshotRequest.class).getFirst();
    assertThat(request.sourceRegion()).isEqualTo(AwsServer.REGION);
    assertThat(request.encrypted()).isTrue();
  }

  @Test
  void copy_answerIsLost_makesNoSecondCopy() throws Exception {
    ec2.lag(2);
    server.fail("CopySnapshot", new Fault.CutAfter());
    copies.copy(SOURCE, OTHER);
    assertThat(ec2.snapshots()).hasSize(1);
    assertThat(server.requests(CopySnapshotRequest.class)).hasSize(1);
  }

  @Test
  void in_copiesOfOtherClusters_areNotOurs() throws Exception {
    new EbsCopies(aws, "other", _ -> {}).copy(SOURCE, OTHER);
    assertThat(copies.in(OTHER)).isEmpty();
  }

  @Test
  void delete_aCopy_isGone() throws Exception {
    copies.copy(SOURCE, OTHER);
    copies.delete(copies.in(OTHER).getFirst(), OTHER);
    assertThat(ec2.snapshots()).isEmpty();
  }

  @Test
  void copy_denied_saysWhatWasToBeDone() {
    server.fail(
        "CopySnapshot",
        new Fault.Answer(403, "UnauthorizedOperation", "You are not authorized to do this."));
    assertThatThrownBy(() -> copies.copy(SOURCE, OTHER))
        .isInstanceOf(FailureException.class)
        .hasMessageContaining("copy the snapshot snap-0123456789abcdef0 to eu-west-1");
  }
}
