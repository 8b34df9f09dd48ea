package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.KubernetesSettings;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** A home is a person's, whatever becomes of their workspaces, and ends only when they say so. */
class HomesTest extends ClusterTests {
  @Test
  void home_afterTheFirstStart_isThere() {
    var workspaces = cluster.workspaces();
    await(workspaces.start(spec()).endpoint());

    assertThat(workspaces.home(ALICE))
        .hasValueSatisfying(
            home -> {
              assertThat(home.volume()).isEqualTo(ObjectName.home(ALICE));
              assertThat(home.size()).isEqualTo("20Gi");
            });
  }

  @Test
  void delete_workspace_leavesTheHome() {
    var workspaces = cluster.workspaces();
    await(workspaces.create(spec()));

    await(workspaces.delete(ID));

    assertThat(claim()).isNotNull();
  }

  @Test
  void deleteHome_workspaceRuns_isDenied() {
    var workspaces = cluster.workspaces();
    await(workspaces.start(spec()).endpoint());

    assertThat(failureOf(workspaces.deleteHome(ALICE)))
        .isEqualTo(
            new Failure.Denied("home-in-use", "the home is in use by main; stop that first"));

    assertThat(claim()).isNotNull();
  }

  @Test
  void deleteHome_snapshotsExist_takesOneFirst() {
    cluster.controllers().makeSnapshots();
    var workspaces = cluster.workspaces();
    await(workspaces.start(spec()).endpoint());
    await(workspaces.stop(ID));

    var snapshot = await(workspaces.deleteHome(ALICE));

    assertThat(snapshot)
        .hasValueSatisfying(name -> assertThat(name).startsWith(ObjectName.home(ALICE) + "-"));
    assertThat(claim()).isNull();
  }

  @Test
  void deleteHome_noSnapshotApi_deletesAndSaysSo() {
    cluster.server().fail("POST .*/volumesnapshots", 404, Integer.MAX_VALUE);
    var workspaces = cluster.workspaces();
    await(workspaces.start(spec()).endpoint());
    await(workspaces.stop(ID));

    assertThat(await(workspaces.deleteHome(ALICE))).isEmpty();

    assertThat(claim()).isNull();
  }

  @Test
  void deleteHome_thenStart_makesANewOne() {
    cluster.server().fail("POST .*/volumesnapshots", 404, Integer.MAX_VALUE);
    var workspaces = cluster.workspaces();
    await(workspaces.start(spec()).endpoint());
    await(workspaces.stop(ID));
    var before = claim().getMetadata().getUid();
    await(workspaces.deleteHome(ALICE));

    await(workspaces.start(spec()).endpoint());

    assertThat(claim().getMetadata().getUid()).isNotEqualTo(before);
    assertThat(workspaces.all()).extracting(i -> i.state()).containsExactly(State.RUNNING);
  }

  @Test
  void deleteHome_neverMade_completes() {
    assertThat(await(cluster.workspaces().deleteHome(ALICE))).isEmpty();
  }

  @Test
  void delete_snapshotIsNeverReady_leavesTheHome() {
    await(cluster.workspaces().create(spec()));
    var client = cluster.admin();
    var snapshots =
        new Snapshots(
            client,
            KubernetesCluster.NAMESPACE,
            () -> Optional.of("slow"),
            Duration.ofMillis(1),
            InstantSource.system());
    var homes =
        new Homes(
            new HomeClaims(
                client,
                KubernetesCluster.NAMESPACE,
                () -> new Manifests(KubernetesSettings.DEFAULT, KubernetesCluster.CA),
                snapshots,
                InstantSource.system()),
            snapshots,
            () -> KubernetesSettings.DEFAULT.homes().size());

    Assertions.assertThatThrownBy(() -> homes.delete(ALICE))
        .hasMessageContaining("(snapshot-not-ready)");

    assertThat(claim()).isNotNull();
  }

  private PersistentVolumeClaim claim() {
    return cluster
        .admin()
        .persistentVolumeClaims()
        .inNamespace(KubernetesCluster.NAMESPACE)
        .withName(ObjectName.home(ALICE))
        .get();
  }
}
