package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.Outfit;
import dev.gatehouse.workspace.WorkspaceInfo;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is shown of a workspace is what it is now, not what it was or will be. */
class ShownWorkspaceTest extends ClusterTests {
  @Test
  void all_definitionHasChanged_tellsTheSizeThatThePodRunsWith() {
    var workspaces = cluster.workspaces();
    await(
        workspaces
            .start(spec("machineTypes: {standard: {image: 'debian:11', cpu: 500m, memory: 3Gi}}"))
            .endpoint());

    assertThat(info(workspaces).outfit()).contains(new Outfit("debian:11", "500m", "3Gi", 0));
    await(workspaces.stop(ID));
    assertThat(info(workspaces).outfit()).isEmpty();
  }

  /** Its processes are the same ones, and so is the end of their life. */
  @Test
  void all_kubeletBeginsAnew_keepsSince() {
    var workspaces = cluster.workspaces();
    await(workspaces.start(spec()).endpoint());
    var before = info(workspaces).since();
    var later = Instant.now().plusSeconds(600).toString();

    cluster
        .admin()
        .pods()
        .inNamespace(KubernetesCluster.NAMESPACE)
        .withName(NAME + "-0")
        .editStatus(
            pod ->
                pod.edit()
                    .editStatus()
                    .editMatchingCondition(c -> "Ready".equals(c.getType()))
                    .withLastTransitionTime(later)
                    .endCondition()
                    .endStatus()
                    .build());
    Poll.until("the pod's change is seen", () -> isSeen(workspaces, later));

    assertThat(info(workspaces).since()).isEqualTo(before);
  }

  private boolean isSeen(KubernetesWorkspaces workspaces, String later) {
    return workspaces.podsOf(ID).stream()
        .flatMap(pod -> View.readySince(pod).stream())
        .anyMatch(Instant.parse(later)::equals);
  }

  @Test
  void used_noteFails_isToldAtTheNextUse() {
    var workspaces = cluster.workspaces();
    await(workspaces.create(spec()));
    cluster.server().fail("PATCH .*/statefulsets/", 403, 1);

    Poll.until(
        "a later use is told",
        () -> {
          workspaces.used(ID);
          return info(workspaces).lastUse().isPresent();
        });
  }

  private static WorkspaceInfo info(KubernetesWorkspaces workspaces) {
    return workspaces.all().getFirst();
  }
}
