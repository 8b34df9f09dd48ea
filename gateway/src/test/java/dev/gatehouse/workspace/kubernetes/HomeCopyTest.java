package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.HomeSnapshot;
import dev.gatehouse.workspace.HomeSnapshots;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A snapshot comes into a folder of the home by a Job that is the person. */
final class HomeCopyTest extends ClusterTests {
  private HomeSnapshots snapshots;
  private HomeSnapshot snapshot;

  @BeforeEach
  void homeAndSnapshot() {
    cluster.admin().batch().v1().jobs().inNamespace(KubernetesCluster.NAMESPACE).delete();
    cluster.controllers().makeSnapshots();
    var workspaces = cluster.workspaces();
    await(workspaces.start(spec()).endpoint());
    snapshots = workspaces.snapshots().orElseThrow();
    snapshot = await(snapshots.create(ALICE));
  }

  private List<Job> jobs() {
    return cluster
        .admin()
        .batch()
        .v1()
        .jobs()
        .inNamespace(KubernetesCluster.NAMESPACE)
        .list()
        .getItems();
  }

  private Job job() {
    Poll.until("there is a job", () -> !jobs().isEmpty());
    return jobs().getFirst();
  }

  private PersistentVolumeClaim volume(Job job) {
    var claim =
        cluster
            .admin()
            .persistentVolumeClaims()
            .inNamespace(KubernetesCluster.NAMESPACE)
            .withName(job.getMetadata().getName());
    Poll.until("it has its volume", () -> claim.get() != null);
    return claim.get();
  }

  private void end(Job job, String condition) {
    cluster
        .admin()
        .resource(job)
        .editStatus(
            j ->
                j.edit()
                    .editOrNewStatus()
                    .addNewCondition()
                    .withType(condition)
                    .withStatus("True")
                    .endCondition()
                    .endStatus()
                    .build());
  }

  @Test
  void copy_jobIsComplete_tellsTheFolder() {
    var copy = snapshots.copy(spec().owner(), snapshot.name());
    end(job(), "Complete");
    assertThat(await(copy)).isEqualTo("restored-" + Snapshots.time(snapshot.taken()));
  }

  /** Pod Security's restricted takes it, and a disk of one node is where the workspace is. */
  @Test
  void copy_whileAWorkspaceRuns_isThePersonBesideIt() {
    var copy = snapshots.copy(spec().owner(), snapshot.name());
    var job = job();
    PodSpec pod = job.getSpec().getTemplate().getSpec();
    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(10_001);
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getContainers().getFirst().getSecurityContext().getCapabilities().getDrop())
        .containsExactly("ALL");
    assertThat(pod.getAffinity().getPodAffinity()).isNotNull();
    assertThat(pod.getTolerations()).extracting(t -> t.getOperator()).containsExactly("Exists");
    end(job, "Complete");
    await(copy);
  }

  /** So that Kubernetes deletes the volume with the Job, whatever becomes of the gateway. */
  @Test
  void copy_volume_isOfTheSnapshotAndGoesWithTheJob() {
    var copy = snapshots.copy(spec().owner(), snapshot.name());
    var job = job();
    var volume = volume(job);
    assertThat(volume.getSpec().getDataSource().getName()).isEqualTo(snapshot.name().value());
    assertThat(volume.getSpec().getResources().getRequests().get("storage")).hasToString("20Gi");
    assertThat(volume.getMetadata().getOwnerReferences())
        .extracting(o -> o.getUid())
        .containsExactly(job.getMetadata().getUid());
    assertThat(job.getSpec().getTtlSecondsAfterFinished()).isPositive();
    end(job, "Complete");
    await(copy);
  }

  @Test
  void copy_asTwo_isOneJob() {
    var first = snapshots.copy(spec().owner(), snapshot.name());
    var job = job();
    var second =
        cluster.workspaces().snapshots().orElseThrow().copy(spec().owner(), snapshot.name());
    end(job, "Complete");
    assertThat(await(first)).isEqualTo(await(second));
  }

  @Test
  void copy_jobFails_isUnavailable() {
    var copy = snapshots.copy(spec().owner(), snapshot.name());
    end(job(), "Failed");
    assertThat(failureOf(copy))
        .isEqualTo(
            new Failure.Unavailable(
                "copy-failed",
                "%s could not be copied into the home: it took too long, or found no room on a node"
                    .formatted(snapshot.name())));
  }

  @Test
  void reason_containerHasSaidOne_isThat() {
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .addToLabels("gatehouse.dev/copy", "x")
            .endMetadata()
            .withNewStatus()
            .addNewContainerStatus()
            .withNewLastState()
            .withNewTerminated()
            .withMessage("the home has too little room for it\n")
            .endTerminated()
            .endLastState()
            .endContainerStatus()
            .endStatus()
            .build();
    assertThat(HomeCopy.reason(List.of(pod))).isEqualTo("the home has too little room for it");
  }
}
