package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.name.Username;
import dev.gatehouse.testkit.GatewayTarget;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real clients, a real gateway and a pod that goes: nobody hangs, and nobody is told a success. */
class PodLossIT {
  private static final String HOST = Laptop.HOST;

  private KubernetesCluster cluster;
  private KubernetesWorkspaces workspaces;
  private GatewayTarget gateway;
  private Laptop laptop;

  @BeforeEach
  void open() throws IOException {
    cluster = KubernetesCluster.start();
    var home = Files.createDirectories(cluster.claim(KubernetesCluster.ALICES_HOME));
    gateway =
        GatewayTarget.start(
            "gateway: {port: 0}\nworkspaces: {startTimeout: 2m}",
            home,
            userCa -> workspaces = cluster.workspaces(KubernetesCluster.definition(""), userCa));
    laptop = new Laptop(gateway);
  }

  @AfterEach
  void close() {
    laptop.close();
    gateway.close();
    cluster.close();
  }

  @Test
  void exec_podIsDeletedMeanwhile_failsWithAClearLine() {
    var session = laptop.start(laptop.openssh(HOST, "echo begun; exec sleep 1000"));
    session.awaitStdout("begun");

    deletePod();

    var result = session.await();
    assertThat(result.exit()).isNotZero();
    assertThat(result.stdout()).isEqualTo("begun\n");
    assertThat(result.stderr())
        .contains("gatehouse: workspace main ends: its pod is deleted (workspace-pod-deleted)\n");
    assertThat(laptop.ssh("echo again").stdout()).isEqualTo("again\n");
  }

  /** Only the kubelet is gone: the pod's sshd answers, so that is the workspace. */
  @Test
  void exec_nodeIsSilentAndThePodIsNot_isLetIn() {
    assertThat(laptop.ssh("echo before").stdout()).isEqualTo("before\n");
    cluster.silenceNode();
    Poll.until(
        "the gateway has been told, and has asked the pod",
        () ->
            workspaces.running(ClusterTests.ID).isPresent()
                && cluster
                    .admin()
                    .pods()
                    .inNamespace(KubernetesCluster.NAMESPACE)
                    .withName(KubernetesCluster.ALICES_POD)
                    .get()
                    .getStatus()
                    .getConditions()
                    .stream()
                    .anyMatch(c -> "Ready".equals(c.getType()) && "False".equals(c.getStatus())));

    assertThat(laptop.ssh("echo still there").stdout()).isEqualTo("still there\n");
    assertThat(workspaces.list(new Username("alice")))
        .extracting(i -> i.state())
        .containsExactly(State.RUNNING);
  }

  @Test
  void shell_workspaceIsStoppedBySomebodyElse_readsByWhom() {
    var shell = laptop.terminal(laptop.openssh("-tt", HOST));
    shell.type("echo $((40 + 2))\r");
    shell.await("42");

    workspaces.stopBy(ClusterTests.ID, new Username("root"));

    shell.await("gatehouse: workspace main is stopped by root");
    assertThat(shell.exit()).isNotZero();
    assertThat(shell.screen()).contains("(workspace-stopped)");
  }

  @Test
  void exec_podIsEvictedToEmptyItsNode_readsThat() {
    var session = laptop.start(laptop.openssh(HOST, "echo begun; exec sleep 1000"));
    session.awaitStdout("begun");

    disrupt("EvictionByEvictionAPI");
    deletePod();

    var result = session.await();
    assertThat(result.exit()).isNotZero();
    assertThat(result.stderr())
        .contains(
            "is taken off its node: its node is being emptied. It starts again on another; connect"
                + " again soon (workspace-evicted)\n");
  }

  @Test
  void start_clientGoesAway_goesOnForTheNextOne() {
    cluster.kubelet().holdPulls();
    var first = laptop.start(laptop.openssh(HOST, "true"));
    first.awaitStderr("pulling the image");
    first.kill();
    first.await();
    cluster.kubelet().letPull();

    assertThat(laptop.ssh("echo there").stdout()).isEqualTo("there\n");
    assertThat(cluster.server().accesses())
        .filteredOn(a -> a.resource().equals("statefulsets") && a.verb().equals("create"))
        .hasSize(1);
  }

  @Test
  void login_names_resolveAndFollowTheDirectory() {
    assertThat(laptop.ssh("id -un; getent passwd bob | cut -d: -f1; hostname").stdout())
        .startsWith("alice\nbob\nw-alice-main-");
    assertThat(workspaces.list(new Username("alice")))
        .extracting(i -> i.state())
        .containsExactly(State.RUNNING);
    assertThat(workspaces.logs(ClusterTests.ID, 50))
        .anySatisfy(line -> assertThat(line).contains("Accepted publickey for alice"));
  }

  /** As the API server does before the pod is deleted. */
  private void disrupt(String reason) {
    cluster
        .admin()
        .pods()
        .inNamespace(KubernetesCluster.NAMESPACE)
        .withName(KubernetesCluster.ALICES_POD)
        .editStatus(
            pod ->
                new PodBuilder(pod)
                    .editStatus()
                    .addNewCondition()
                    .withType("DisruptionTarget")
                    .withStatus("True")
                    .withReason(reason)
                    .endCondition()
                    .endStatus()
                    .build());
  }

  private void deletePod() {
    var pods = cluster.admin().pods().inNamespace(KubernetesCluster.NAMESPACE);
    pods.withName(KubernetesCluster.ALICES_POD).delete();
    Poll.until(
        "it is seen", () -> workspaces.all().stream().noneMatch(i -> i.state() == State.RUNNING));
  }
}
