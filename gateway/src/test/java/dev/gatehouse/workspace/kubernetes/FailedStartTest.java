package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A start that fails says why, and leaves nothing half-made: the next one begins anew. */
class FailedStartTest extends ClusterTests {
  @BeforeEach
  void hold() {
    cluster.node().hold();
  }

  @Test
  void start_quotaIsUsedUp_isUnavailableAndLeavesNothing() {
    cluster
        .controllers()
        .refusePods("pods \"w-0\" is forbidden: exceeded quota: people, requested: pods=1");
    var workspaces = cluster.workspaces();

    assertThat(failureOf(workspaces.start(spec()).endpoint()))
        .isInstanceOf(Failure.Unavailable.class)
        .extracting(Failure::code)
        .isEqualTo("quota-exceeded");
    Poll.until("it is gone", () -> workspaces.all().isEmpty());
  }

  @Test
  void start_again_afterTheReasonHasGone_works() {
    cluster.controllers().refusePods("pods \"w-0\" is forbidden: exceeded quota: people");
    var workspaces = cluster.workspaces();
    failureOf(workspaces.start(spec()).endpoint());
    cluster.controllers().refusePods(null);
    cluster.node().release();

    assertThat(await(workspaces.start(spec()).endpoint()).login()).isEqualTo("alice");
  }

  @Test
  void start_workspaceThatWasThereBefore_isLeftStoppedAndNotHeld() {
    var workspaces = cluster.workspaces();
    await(workspaces.create(spec()));
    cluster.controllers().refusePods("pods \"w-0\" is forbidden: exceeded quota: people");

    failureOf(workspaces.start(spec()).endpoint());

    Poll.until(
        "it is stopped",
        () -> workspaces.all().stream().allMatch(i -> i.state() == State.STOPPED && !i.held()));
    assertThat(workspaces.all()).hasSize(1);
  }

  @Test
  void start_containerCrashes_tellsItsLastWords() {
    var workspaces = cluster.workspaces();
    cluster.server().logs(_ -> "gatehouse: no home\nsecond line\n");
    var start = workspaces.start(spec());

    container(
        new ContainerStatusBuilder()
            .withName("workspace")
            .withImage("debian:12")
            .withNewLastState()
            .withNewTerminated()
            .withExitCode(3)
            .endTerminated()
            .endLastState()
            .withNewState()
            .withNewWaiting("back-off", "CrashLoopBackOff")
            .endState()
            .build());

    assertThat(failureOf(start.endpoint()))
        .isEqualTo(
            new Failure.Broken(
                "workspace-crashes",
                "its container workspace ends with exit code 3, again and again; its last words:"
                    + " gatehouse: no home | second line"));
  }

  @Test
  void start_nodeIsFull_tellsThatItWaitsAndForWhat() {
    var workspaces = cluster.workspaces();
    var steps = new CopyOnWriteArrayList<String>();
    var start = workspaces.start(spec());
    start.onProgress(step -> steps.add(step.what()));

    edit(
        pod ->
            pod.edit()
                .withNewStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withMessage("0/3 nodes are available: 3 Insufficient memory.")
                .endCondition()
                .endStatus()
                .build());

    Poll.until(
        steps::toString,
        Poll.PATIENCE,
        () -> steps.contains("waiting for a node: none has enough memory free"));
  }

  @Test
  void start_tooLate_saysWhatItWaitedFor() {
    var workspaces =
        cluster.workspaces(
            KubernetesCluster.definition("workspaces: {startTimeout: 1s}"), KubernetesCluster.CA);

    assertThat(failureOf(workspaces.start(spec()).endpoint()))
        .isEqualTo(
            new Failure.Unavailable(
                "workspace-start-timeout",
                "it did not start in time, while attaching its volumes"));
  }

  @Test
  void start_nodeOfTheLastRunIsLost_saysSo() {
    cluster.node().release();
    var workspaces =
        cluster.workspaces(
            KubernetesCluster.definition("workspaces: {startTimeout: 3s}"), KubernetesCluster.CA);
    await(workspaces.start(spec()).endpoint());
    cluster.node().lose();
    cluster.admin().pods().inNamespace(KubernetesCluster.NAMESPACE).withName(NAME + "-0").delete();
    Poll.until(
        "it is seen to end",
        () -> workspaces.all().stream().noneMatch(i -> i.state() == State.RUNNING));

    assertThat(failureOf(workspaces.start(spec()).endpoint()))
        .isEqualTo(
            new Failure.Unavailable(
                "workspace-stopping", "its last run does not end; its node may be lost"));
  }

  private void container(ContainerStatus status) {
    edit(pod -> pod.edit().withNewStatus().withContainerStatuses(status).endStatus().build());
  }

  private void edit(UnaryOperator<Pod> change) {
    var pod = cluster.admin().pods().inNamespace(KubernetesCluster.NAMESPACE).withName(NAME + "-0");
    Poll.until("there is a pod", () -> pod.get() != null);
    pod.editStatus(change);
  }
}
