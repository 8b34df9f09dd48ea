package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import org.junit.jupiter.api.Test;

/**
 * A watch ends when the API server restarts or forgets the version it was at (410 Gone): what
 * happened meanwhile must not stay unseen, deletions least of all.
 */
class WatchExpiryTest extends ClusterTests {
  @Test
  void all_workspaceDeletedWhileNobodyWatched_isGone() {
    var workspaces = cluster.workspaces();
    await(workspaces.start(spec()).endpoint());
    cluster.server().down();
    cluster
        .admin()
        .apps()
        .statefulSets()
        .inNamespace(KubernetesCluster.NAMESPACE)
        .withName(NAME)
        .delete();

    cluster.server().up();

    Poll.until("it is seen to be gone", () -> workspaces.all().isEmpty());
  }

  @Test
  void start_podReplacedWhileNobodyWatched_isTheNewOne() {
    var workspaces = cluster.workspaces();
    await(workspaces.start(spec()).endpoint());
    cluster.server().down();
    cluster.node().hold();
    cluster.admin().pods().inNamespace(KubernetesCluster.NAMESPACE).withName(NAME + "-0").delete();

    cluster.server().up();
    Poll.until(
        "it is seen to start again", () -> workspaces.all().getFirst().state() == State.STARTING);
    cluster.node().release();

    assertThat(await(workspaces.start(spec()).endpoint()).login()).isEqualTo("alice");
  }

  @Test
  void all_watchesRefusedForAWhile_catchUp() {
    var first = cluster.workspaces();
    var second = cluster.workspaces();
    cluster.server().down();
    cluster.server().fail("GET .*watch=true", 410, 8);
    cluster.server().fail("GET .*statefulsets", 500, 2);
    cluster.server().up();

    await(first.start(spec()).endpoint());

    Poll.until(
        "the other gateway sees it",
        () -> second.all().stream().anyMatch(i -> i.state() == State.RUNNING));
  }
}
