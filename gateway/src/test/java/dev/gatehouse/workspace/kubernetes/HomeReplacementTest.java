package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.HomeSnapshot;
import dev.gatehouse.workspace.HomeSnapshot.Origin;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import dev.gatehouse.workspace.Workspaces;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A home that is replaced by a snapshot is never lost: whatever fails, and wherever a gateway dies,
 * it is what it was, or what the snapshot was, and what it was before is in another snapshot.
 */
final class HomeReplacementTest extends ClusterTests {
  private Workspaces workspaces;
  private HomeSnapshot snapshot;
  private PersistentVolumeClaim before;

  @BeforeEach
  void homeAndSnapshot() {
    cluster.controllers().refuseSnapshots(null);
    cluster.controllers().makeSnapshots();
    workspaces = cluster.workspaces();
    await(workspaces.start(spec()).endpoint());
    await(workspaces.stop(ID));
    snapshot = await(workspaces.snapshots().orElseThrow().create(ALICE));
    before = claim().orElseThrow();
  }

  private Optional<PersistentVolumeClaim> claim() {
    return Optional.ofNullable(
        cluster
            .admin()
            .persistentVolumeClaims()
            .inNamespace(KubernetesCluster.NAMESPACE)
            .withName(ObjectName.home(ALICE))
            .get());
  }

  private Failure replaceFails() {
    return failureOf(workspaces.snapshots().orElseThrow().replace(ALICE, snapshot.name()));
  }

  private void assertThatTheHomeIsAsItWas() {
    var now = claim().orElseThrow();
    assertThat(now.getMetadata().getUid()).isEqualTo(before.getMetadata().getUid());
    assertThat(Annotations.annotation(now, Annotations.HELD_UNTIL)).isEmpty();
    await(workspaces.start(spec()).endpoint());
    assertThat(claim().orElseThrow().getMetadata().getUid())
        .isEqualTo(before.getMetadata().getUid());
  }

  private void assertThatTheHomeIsOfTheSnapshot() {
    var now = claim().orElseThrow();
    assertThat(now.getMetadata().getUid()).isNotEqualTo(before.getMetadata().getUid());
    assertThat(now.getSpec().getDataSource().getKind()).isEqualTo("VolumeSnapshot");
    assertThat(now.getSpec().getDataSource().getName()).isEqualTo(snapshot.name().value());
    assertThat(marks()).doesNotContainKey(Annotations.REPLACES);
  }

  private Map<String, String> marks() {
    return cluster
        .admin()
        .genericKubernetesResources(Snapshots.KIND)
        .inNamespace(KubernetesCluster.NAMESPACE)
        .withName(snapshot.name().value())
        .get()
        .getMetadata()
        .getAnnotations();
  }

  @Test
  void replace_nothingRuns_homeIsOfTheSnapshot() {
    var kept = await(workspaces.snapshots().orElseThrow().replace(ALICE, snapshot.name()));
    assertThat(kept).map(HomeSnapshot::origin).contains(Origin.RESTORE);
    assertThatTheHomeIsOfTheSnapshot();
    await(workspaces.start(spec()).endpoint());
    assertThat(workspaces.all()).extracting(i -> i.state()).containsExactly(State.RUNNING);
  }

  @Test
  void replace_workspaceRuns_isDenied() {
    await(workspaces.start(spec()).endpoint());
    assertThat(replaceFails())
        .isEqualTo(
            new Failure.Denied("home-in-use", "the home is in use by main; stop that first"));
    assertThatTheHomeIsAsItWas();
  }

  @Test
  void replace_snapshotOfBeforeFails_homeIsAsItWas() {
    cluster
        .controllers()
        .refuseSnapshots("cannot find default snapshot class, please set one of them default");
    assertThat(replaceFails().code()).isEqualTo("no-snapshot-class");
    assertThatTheHomeIsAsItWas();
  }

  @Test
  void replace_markFails_homeIsAsItWas() {
    cluster.server().fail("PATCH .*/volumesnapshots/", 403, 1);
    assertThat(replaceFails().code()).isEqualTo("kubernetes-forbidden");
    assertThatTheHomeIsAsItWas();
  }

  @Test
  void replace_deletionFails_homeIsAsItWas() {
    cluster.server().fail("DELETE .*/persistentvolumeclaims/", 403, 1);
    assertThat(replaceFails().code()).isEqualTo("kubernetes-forbidden");
    assertThat(marks()).doesNotContainKey(Annotations.REPLACES);
    assertThatTheHomeIsAsItWas();
  }

  /** Somebody has changed the claim since it was read: perhaps a workspace begins to mount it. */
  @Test
  void replace_claimChangesAtTheLastMoment_homeIsAsItWas() {
    cluster.server().fail("DELETE .*/persistentvolumeclaims/", 409, 1);
    assertThat(replaceFails().code()).isEqualTo("home-changed");
    assertThatTheHomeIsAsItWas();
  }

  /** As a gateway that dies between the deletion and the new claim leaves it. */
  @Test
  void start_afterACutOffReplacement_makesTheHomeOfTheSnapshot() {
    cluster.server().fail("POST .*/persistentvolumeclaims", 403, 1);
    assertThat(replaceFails().code()).isEqualTo("kubernetes-forbidden");
    assertThat(claim()).isEmpty();

    await(cluster.workspaces().start(spec()).endpoint());

    assertThatTheHomeIsOfTheSnapshot();
  }

  @Test
  void replace_again_goesOnWhereItWasCutOff() {
    cluster.server().fail("POST .*/persistentvolumeclaims", 403, 1);
    assertThat(replaceFails().code()).isEqualTo("kubernetes-forbidden");

    var kept = await(workspaces.snapshots().orElseThrow().replace(ALICE, snapshot.name()));

    assertThat(kept).isEmpty();
    assertThatTheHomeIsOfTheSnapshot();
    assertThat(workspaces.snapshots().orElseThrow().of(ALICE)).hasSize(2);
  }

  @Test
  void start_whileTheHomeIsReplaced_waitsUntilItIs() {
    hold(Optional.of(Instant.now().plusSeconds(600)));
    var start = workspaces.start(spec());
    var steps = new CopyOnWriteArrayList<String>();
    start.onProgress(step -> steps.add(step.what()));
    Poll.until(
        "it says what it waits for",
        () -> steps.contains("waiting for the home, which is being restored"));
    assertThat(workspaces.all()).extracting(i -> i.state()).containsExactly(State.STOPPED);
    hold(Optional.empty());
    await(start.endpoint());
  }

  @Test
  void start_afterTheHoldHasRunOut_takesItAway() {
    hold(Optional.of(Instant.now().minusSeconds(1)));
    await(workspaces.start(spec()).endpoint());
    assertThatTheHomeIsAsItWas();
  }

  private void hold(Optional<Instant> until) {
    cluster
        .admin()
        .persistentVolumeClaims()
        .inNamespace(KubernetesCluster.NAMESPACE)
        .withName(ObjectName.home(ALICE))
        .edit(
            c ->
                c.edit()
                    .editMetadata()
                    .removeFromAnnotations(Annotations.HELD_UNTIL)
                    .addToAnnotations(
                        until.isPresent()
                            ? Map.of(Annotations.HELD_UNTIL, until.get().toString())
                            : Map.of())
                    .endMetadata()
                    .build());
  }

  /** Else the next home of the same person would not be a new one. */
  @Test
  void deleteHome_afterACutOffReplacement_nextHomeIsNew() {
    cluster.server().fail("POST .*/persistentvolumeclaims", 403, 1);
    assertThat(replaceFails().code()).isEqualTo("kubernetes-forbidden");
    await(workspaces.deleteHome(ALICE));
    await(workspaces.start(spec()).endpoint());
    assertThat(claim().orElseThrow().getSpec().getDataSource()).isNull();
  }
}
