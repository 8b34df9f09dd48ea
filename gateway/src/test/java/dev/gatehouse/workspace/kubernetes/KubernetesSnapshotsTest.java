package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.HomeSnapshots;
import dev.gatehouse.workspace.HomeSnapshotsContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract, by VolumeSnapshots of a mock of the API server. */
final class KubernetesSnapshotsTest extends HomeSnapshotsContract {
  private final KubernetesCluster cluster = KubernetesCluster.pretending();
  private HomeSnapshots snapshots;

  @BeforeEach
  void homeOfAlice() {
    cluster.controllers().makeSnapshots();
    var workspaces = cluster.workspaces();
    ClusterTests.await(workspaces.start(ClusterTests.spec()).endpoint());
    ClusterTests.await(workspaces.stop(ClusterTests.ID));
    snapshots = workspaces.snapshots().orElseThrow();
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  @Override
  protected HomeSnapshots snapshots() {
    return snapshots;
  }
}
