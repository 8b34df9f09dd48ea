package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Workspaces that gateways of before have started see the whole volume as the home. While one of
 * them runs, nothing may be moved from under it.
 */
class HomeMountTest extends ClusterTests {
  private static final WorkspaceId LAB = new WorkspaceId(ALICE, new WorkspaceName("lab"));

  @Test
  void start_nothingElseRuns_mountsTheFolder() {
    await(cluster.workspaces().start(spec()).endpoint());

    assertThat(mountedBy(ID)).contains(HomeMount.FOLDER_NAME);
  }

  @Test
  void start_anotherOfBeforeRuns_mountsTheWholeVolumeAsThatDoes() {
    await(cluster.workspaces().start(spec()).endpoint());
    makeOfBefore();

    // Another gateway, which sees the cluster as it is now.
    await(cluster.workspaces().start(lab()).endpoint());

    assertThat(mountedBy(LAB)).isEmpty();
  }

  @Test
  void start_anotherOfBeforeIsStopped_mountsTheFolder() {
    var workspaces = cluster.workspaces();
    await(workspaces.start(spec()).endpoint());
    makeOfBefore();
    await(workspaces.stop(ID));

    await(cluster.workspaces().start(lab()).endpoint());

    assertThat(mountedBy(LAB)).contains(HomeMount.FOLDER_NAME);
  }

  /** As a gateway of before would have made it. */
  private void makeOfBefore() {
    try (var client = cluster.server().innerClient()) {
      Poll.until("a change of the set", () -> wasChanged(client));
    }
  }

  /** Answers false if the gateway has noted something about the start meanwhile. */
  private static boolean wasChanged(KubernetesClient client) {
    try {
      var _ =
          client
              .apps()
              .statefulSets()
              .inNamespace(KubernetesCluster.NAMESPACE)
              .withName(NAME)
              .edit(
                  set -> {
                    home(set).setSubPath(null);
                    return set;
                  });
      return true;
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  private Optional<String> mountedBy(WorkspaceId id) {
    return Optional.ofNullable(home(set(id)).getSubPath());
  }

  private static VolumeMount home(StatefulSet set) {
    return set
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .getFirst()
        .getVolumeMounts()
        .stream()
        .filter(mount -> mount.getName().equals(HomeMount.VOLUME_NAME))
        .findFirst()
        .orElseThrow();
  }

  private StatefulSet set(WorkspaceId id) {
    try (var client = cluster.server().innerClient()) {
      return client
          .apps()
          .statefulSets()
          .inNamespace(KubernetesCluster.NAMESPACE)
          .withName(ObjectName.of(id))
          .get();
    }
  }

  private static WorkspaceSpec lab() {
    return new WorkspaceSpec(LAB, spec().owner(), spec().type());
  }
}
