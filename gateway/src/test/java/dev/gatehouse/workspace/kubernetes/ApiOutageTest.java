package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * The API server restarts, or is away for an hour. Who works in a workspace that runs does not
 * notice, new logins to it included; a start waits for it.
 */
class ApiOutageTest extends ClusterTests {
  /** At once: a login to what runs asks the API server for nothing. */
  @Test
  void start_runningWhileApiIsDown_isReachable() {
    var workspaces = cluster.workspaces();
    var first = await(workspaces.start(spec()).endpoint());
    cluster.server().down();

    var again = workspaces.start(spec()).endpoint().toCompletableFuture();

    assertThat(again).isCompletedWithValue(first);
    assertThat(workspaces.list(ALICE)).extracting(i -> i.state()).containsExactly(State.RUNNING);
  }

  @Test
  void start_apiIsDownAndComesBack_goesOn() {
    var workspaces = cluster.workspaces();
    cluster.server().down();
    var steps = new CopyOnWriteArrayList<String>();
    var start = workspaces.start(spec());
    start.onProgress(step -> steps.add(step.what()));
    Poll.until(
        steps::toString,
        Poll.PATIENCE,
        () -> steps.contains("waiting for the cluster's API server"));

    cluster.server().up();

    assertThat(await(start.endpoint()).login()).isEqualTo("alice");
  }

  @Test
  void start_apiGoesWhileThePodStarts_goesOn() {
    cluster.node().hold();
    var workspaces = cluster.workspaces();
    var start = workspaces.start(spec());
    Poll.until("there is a pod", () -> pod() != null);
    cluster.server().down();
    cluster.node().release();
    Poll.until("the pod runs", () -> pod().getStatus().getPodIP() != null);

    cluster.server().up();

    assertThat(await(start.endpoint()).login()).isEqualTo("alice");
  }

  @Test
  void start_apiStaysDown_isUnavailable() {
    var workspaces =
        cluster.workspaces(
            KubernetesCluster.definition("workspaces: {startTimeout: 1s}"), KubernetesCluster.CA);
    cluster.server().down();

    assertThat(failureOf(workspaces.start(spec()).endpoint()))
        .isEqualTo(
            new Failure.Unavailable(
                "kubernetes-unavailable",
                "the cluster's API server does not answer; try again soon"));
  }

  @Test
  void stop_apiIsDown_failsAndTheWorkspaceStaysReachable() {
    var workspaces = cluster.workspaces();
    var endpoint = await(workspaces.start(spec()).endpoint());
    cluster.server().down();

    assertThat(failureOf(workspaces.stop(ID)).code()).isEqualTo("kubernetes-unavailable");

    assertThat(await(workspaces.start(spec()).endpoint())).isEqualTo(endpoint);
  }

  private Pod pod() {
    return cluster
        .admin()
        .pods()
        .inNamespace(KubernetesCluster.NAMESPACE)
        .withName(NAME + "-0")
        .get();
  }
}
