package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An administrator deletes an object that a workspace is made of. The next login is let in or told
 * why not, long before the start's time is over, and nobody's running programs end for it.
 */
class LostObjectsTest extends ClusterTests {
  /** Everything that {@link Manifests} and {@link PeopleFiles} make, and the pod. */
  enum Owned {
    SET,
    SECRET,
    SERVICE,
    HOME,
    PEOPLE,
    POD;

    Resource<?> in(KubernetesClient client) {
      var namespace = KubernetesCluster.NAMESPACE;
      return switch (this) {
        case SET -> client.apps().statefulSets().inNamespace(namespace).withName(NAME);
        case SECRET -> client.secrets().inNamespace(namespace).withName(NAME);
        case SERVICE -> client.services().inNamespace(namespace).withName(NAME);
        case HOME ->
            client.persistentVolumeClaims().inNamespace(namespace).withName(ObjectName.home(ALICE));
        case PEOPLE -> client.configMaps().inNamespace(namespace).withName(PodTemplate.PEOPLE);
        case POD -> client.pods().inNamespace(namespace).withName(NAME + "-0");
      };
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SET,     another pod",
    "SECRET,  host-key-missing",
    "SERVICE, the same pod",
    "HOME,    the same pod",
    "PEOPLE,  the same pod",
    "POD,     another pod"
  })
  void start_objectIsDeletedUnderARunningWorkspace_hasADefinedEnd(Owned lost, String end) {
    var workspaces = patientWorkspaces();
    await(workspaces.start(spec()).endpoint());
    var before = pod();

    delete(workspaces, lost);
    if (lost == Owned.POD) {
      Poll.until("another is made", () -> !Objects.equals(uid(pod()), uid(before)));
    }
    var start = workspaces.start(spec()).endpoint();

    switch (end) {
      case "another pod" -> {
        assertThat(await(start).login()).isEqualTo("alice");
        assertThat(uid(pod())).isNotEqualTo(uid(before));
      }
      case "the same pod" -> {
        assertThat(await(start).login()).isEqualTo("alice");
        assertThat(uid(pod())).isEqualTo(uid(before));
      }
      default -> {
        assertThat(failureOf(start)).extracting(Failure::code).isEqualTo(end);
        assertThat(pod().getMetadata().getDeletionTimestamp()).isNull();
        assertThat(uid(pod())).isEqualTo(uid(before));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"SET", "SECRET", "SERVICE", "HOME", "PEOPLE"})
  void start_objectIsDeletedUnderAStoppedWorkspace_makesItAnew(Owned lost) {
    var workspaces = patientWorkspaces();
    await(workspaces.start(spec()).endpoint());
    await(workspaces.stop(ID));

    delete(workspaces, lost);

    assertThat(await(workspaces.start(spec()).endpoint()).login()).isEqualTo("alice");
    assertThat(lost.in(cluster.admin()).get()).isNotNull();
  }

  /** Its node died, say: Kubernetes makes the pod anew, which then lacks the object. */
  @ParameterizedTest
  @CsvSource({"SET", "SECRET", "SERVICE", "HOME", "PEOPLE"})
  void start_objectIsDeletedAndThenThePod_makesItAnew(Owned lost) {
    var workspaces = patientWorkspaces();
    await(workspaces.start(spec()).endpoint());
    var before = pod();

    // Else the next pod may be ready before anybody asks for it: then nothing is lacking.
    cluster.node().hold();
    delete(workspaces, lost);
    delete(workspaces, Owned.POD);
    Poll.until(
        "that pod has gone, and the gateway knows",
        () ->
            !Objects.equals(uid(pod()), uid(before))
                && workspaces.podsOf(ID).stream()
                    .noneMatch(p -> Objects.equals(uid(p), uid(before))));
    var start = workspaces.start(spec()).endpoint();
    Poll.until("it is made anew", () -> lost.in(cluster.admin()).get() != null);
    cluster.node().release();

    assertThat(await(start).login()).isEqualTo("alice");
  }

  @Test
  void start_secretIsMadeEmpty_makesTheKeyAnew() {
    var workspaces = patientWorkspaces();
    await(workspaces.create(spec()));
    cluster
        .admin()
        .secrets()
        .inNamespace(KubernetesCluster.NAMESPACE)
        .withName(NAME)
        .edit(
            secret -> {
              secret.setData(null);
              return secret;
            });

    assertThat(await(workspaces.start(spec()).endpoint()).login()).isEqualTo("alice");
  }

  @Test
  void start_setIsDeletedMeanwhile_isToldSo() {
    var workspaces = patientWorkspaces();
    cluster.node().hold();
    var start = workspaces.start(spec());
    Poll.until("it is seen", () -> !workspaces.all().isEmpty());

    Owned.SET.in(cluster.admin()).delete();

    assertThat(failureOf(start.endpoint()))
        .isEqualTo(
            new Failure.Unavailable(
                "workspace-stopped", "workspace main was deleted while it started"));
  }

  private KubernetesWorkspaces patientWorkspaces() {
    return cluster.workspaces(
        KubernetesCluster.definition("workspaces: {startTimeout: 10m}"), KubernetesCluster.CA);
  }

  private void delete(KubernetesWorkspaces workspaces, Owned owned) {
    owned.in(cluster.admin()).delete();
    switch (owned) {
      case SET ->
          Poll.until(
              "the gateway sees it",
              () -> workspaces.all().stream().noneMatch(i -> i.state() == State.RUNNING));
      case SECRET -> Poll.until("the gateway sees it", () -> workspaces.running(ID).isEmpty());
      case SERVICE, HOME, PEOPLE -> {}
      case POD -> {}
    }
  }

  private Pod pod() {
    return (Pod) Owned.POD.in(cluster.admin()).get();
  }

  private static @Nullable String uid(@Nullable Pod pod) {
    return pod == null ? null : pod.getMetadata().getUid();
  }
}
