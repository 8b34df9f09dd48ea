package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.kubernetes.KubernetesCluster;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import dev.gatehouse.workspace.Workspaces;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * A person waited for the kubelet to say that a pod is ready, which it does one to three seconds
 * after the pod's sshd accepts.
 */
class ListeningPodsTest extends ClusterTests {
  private static final String SSH = "SSH-2.0-test\r\n";

  private final String address = loopback();

  @Test
  void start_sshdAcceptsBeforeThePodIsReady_isOver() throws IOException {
    cluster.node().stayUnready(address);
    var workspaces = cluster.workspaces();
    try (var _ = new Sshd(SSH)) {
      assertThat(await(workspaces.start(spec()).endpoint()))
          .extracting(Endpoint::address)
          .isEqualTo(new InetSocketAddress(address, PodTemplate.PORT));
      assertThat(workspaces.running(ID)).isPresent();
      assertThat(workspaces.all()).extracting(WorkspaceInfo::state).containsExactly(State.RUNNING);
    }
  }

  @Test
  void start_sshdAcceptsOnlyLater_isOverThen() throws IOException {
    cluster.node().stayUnready(address);
    var workspaces = cluster.workspaces();
    var start = workspaces.start(spec());
    try (var other = new Sshd("HTTP/1.1 400\r\n")) {
      Poll.until("it has been asked", () -> other.asked.get() > 1);
      assertThat(start.endpoint().toCompletableFuture()).isNotDone();
      assertThat(workspaces.running(ID)).isEmpty();
    }
    try (var _ = new Sshd(SSH)) {
      await(start.endpoint());
    }
  }

  /** Its processes are others, or none: what has answered was not them. */
  @Test
  void running_containerWasStartedAgainBeforeItWasReady_isUnknown() throws IOException {
    var workspaces = started();
    edit(
        status ->
            status
                .addNewContainerStatus()
                .withName(PodTemplate.CONTAINER)
                .withRestartCount(1)
                .endContainerStatus());
    awaitNotRunning(workspaces);
  }

  @Test
  void running_containerEndedBeforeItWasReady_isUnknown() throws IOException {
    var workspaces = started();
    edit(
        status ->
            status
                .addNewContainerStatus()
                .withName(PodTemplate.CONTAINER)
                .withRestartCount(0)
                .withNewState()
                .withNewTerminated()
                .withExitCode(1)
                .endTerminated()
                .endState()
                .endContainerStatus());
    awaitNotRunning(workspaces);
  }

  /** What the kubelet says last is what counts, once it has spoken. */
  @Test
  void running_podWasReadyAndIsNotAnyMore_isUnknown() throws IOException {
    var workspaces = started();
    edit(status -> ready(status, "True"));
    Poll.until("it is seen", () -> View.isReady(workspaces.podsOf(ID).getFirst()));
    edit(status -> ready(status, "False"));
    awaitNotRunning(workspaces);
  }

  private KubernetesWorkspaces started() throws IOException {
    cluster.node().stayUnready(address);
    var workspaces = cluster.workspaces();
    try (var _ = new Sshd(SSH)) {
      await(workspaces.start(spec()).endpoint());
    }
    assertThat(workspaces.running(ID)).isPresent();
    return workspaces;
  }

  private static void awaitNotRunning(Workspaces workspaces) {
    Poll.until("it is seen", () -> workspaces.running(ID).isEmpty());
    assertThat(workspaces.all()).extracting(WorkspaceInfo::state).containsExactly(State.STARTING);
  }

  private static PodStatusBuilder ready(PodStatusBuilder status, String value) {
    return status
        .withConditions()
        .addNewCondition()
        .withType("Ready")
        .withStatus(value)
        .endCondition();
  }

  private void edit(UnaryOperator<PodStatusBuilder> change) {
    var pod = cluster.admin().pods().inNamespace(KubernetesCluster.NAMESPACE).list().getItems();
    cluster
        .admin()
        .pods()
        .resource(pod.getFirst())
        .editStatus(
            p -> {
              PodStatus now = p.getStatus();
              p.setStatus(change.apply(new PodStatusBuilder(now)).build());
              return p;
            });
  }

  /** Each test has an address of its own, since a workspace's port is the same everywhere. */
  private static String loopback() {
    var random = ThreadLocalRandom.current();
    return "127.%d.%d.%d"
        .formatted(random.nextInt(1, 255), random.nextInt(1, 255), random.nextInt(1, 255));
  }

  /** Says one thing to whoever connects. */
  private final class Sshd implements AutoCloseable {
    private final ServerSocket socket;
    private final AtomicInteger asked = new AtomicInteger();
    private final Thread thread;

    Sshd(String greeting) throws IOException {
      socket = new ServerSocket(PodTemplate.PORT, 50, InetAddress.ofLiteral(address));
      thread = Thread.ofVirtual().name("sshd").start(() -> greet(greeting));
    }

    private void greet(String greeting) {
      while (!socket.isClosed()) {
        try (var client = socket.accept()) {
          asked.incrementAndGet();
          client.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
          // It has closed, or the other side has.
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
      try {
        thread.join(); // until then the address may still be taken
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
