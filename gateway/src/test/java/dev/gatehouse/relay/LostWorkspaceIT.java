package dev.gatehouse.relay;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.testkit.Dial;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Running;
import dev.gatehouse.testkit.Services;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import dev.gatehouse.workspace.WorkspaceId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The workspace's node dies, or its memory runs out, while people work: a dropped stream must never
 * look like success (ContainerSSH once told clients exit 0).
 */
class LostWorkspaceIT {
  private static final String LOST = "the connection to workspace main was lost (workspace-lost)";

  private static final WorkspaceId MAIN =
      new WorkspaceId(new Username("alice"), WorkspaceName.MAIN);
  private static final Failure EVICTED =
      new Failure.Unavailable("workspace-evicted", "workspace main is taken off its node");

  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway = StagedGateway.start();
            return gateway;
          });

  @Test
  void exec_workspaceIsLost_saysSoAndFails(Laptop laptop) {
    var running = laptop.start(laptop.openssh(HOST, "echo up; cat").typed());
    running.awaitStdout("up");
    kill();
    var result = running.await();
    assertThat(result.exit()).isEqualTo(255);
    assertThat(result.stderr()).isEqualTo("gatehouse: " + LOST + "\n");
    assertThat(result.stdout()).isEqualTo("up\n");
  }

  @Test
  void exec_workspaceIsLostAmidOutput_saysSoAndFails(Laptop laptop) {
    var running = laptop.start(laptop.openssh(HOST, "echo up; exec yes"));
    running.awaitStdout("y\ny\n");
    kill();
    var result = running.await();
    assertThat(result.exit()).isEqualTo(255);
    assertThat(result.stderr()).contains(LOST);
  }

  @Test
  void shell_workspaceIsLost_saysSoOnTheTerminal(Laptop laptop) {
    var window = laptop.terminal(laptop.openssh("-t", HOST, "echo up; cat"));
    window.await("up\r\n");
    kill();
    assertThat(window.exit()).isEqualTo(255);
    assertThat(window.screen()).contains("gatehouse: " + LOST + "\r\n");
  }

  @Test
  void sftp_workspaceIsLost_fails(Laptop laptop) throws IOException {
    var large = Files.createFile(laptop.remote().resolve("large"));
    try (var content = new RandomAccessFile(large.toFile(), "rw")) {
      content.setLength(1 << 30);
    }
    var batch = "ls -1 %1$s\nget %1$s copy\n".formatted(large);
    var file = Files.writeString(laptop.home().resolve("batch"), batch);
    var running =
        laptop.start(
            laptop.program(
                "sftp",
                "-F",
                laptop.config().toString(),
                "-l",
                "8000",
                "-b",
                file.toString(),
                HOST));
    running.awaitStdout(large + "\n");
    kill();
    var result = running.await();
    assertThat(result.exit()).isNotZero();
    assertThat(result.stderr()).contains(LOST);
  }

  /** The connection ends first, and the cluster says a moment later what it was. */
  @Test
  void exec_workspaceIsLostAndTheReasonComesAfterwards_saysTheReason(Laptop laptop) {
    var running = laptop.start(laptop.openssh(HOST, "echo up; cat").typed());
    running.awaitStdout("up");
    kill();
    gateway.workspaces().end(Optional.of(EVICTED));
    var result = running.await();
    gateway.workspaces().end(Optional.empty());
    assertThat(result.exit()).isEqualTo(255);
    assertThat(result.stderr()).isEqualTo("gatehouse: " + EVICTED.line() + "\n");
    assertThat(result.stdout()).isEqualTo("up\n");
  }

  /**
   * A shell is hung up by the workspace's end, which the cluster has not told of yet: of four
   * deleted pods one told its people nothing.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "kill -HUP $$",
        "kill -KILL $$",
        "exit 129",
        "yes | head -c 300000; kill -TERM $$"
      })
  void shell_isHungUpAndTheReasonComesAfterwards_readsTheReason(String end, Laptop laptop) {
    gateway.workspaces().announceWhenAsked(MAIN, EVICTED);
    var window = laptop.terminal(laptop.openssh("-t", HOST, "echo up; " + end));
    assertThat(window.exit()).isNotZero();
    assertThat(window.screen()).contains("gatehouse: " + EVICTED.line() + "\r\n");
  }

  @Test
  void shell_isHungUpAndTheReasonIsKnown_readsTheReasonOnce(Laptop laptop) {
    gateway.workspaces().end(Optional.of(EVICTED));
    var window = laptop.terminal(laptop.openssh("-t", HOST, "echo up; kill -HUP $$"));
    assertThat(window.exit()).isNotZero();
    gateway.workspaces().end(Optional.empty());
    assertThat(window.screen().split("workspace-evicted", -1)).hasSize(2);
  }

  /** The reason was told while the program's output had no room, and the connection ends then. */
  @Test
  void shell_workspaceIsToldToEndAmidOutputAndIsLost_readsTheReasonOnce(Laptop laptop) {
    var window = laptop.terminal(laptop.openssh("-t", HOST, "echo up; exec yes"));
    window.await("y\r\ny\r\n");
    gateway.workspaces().announce(MAIN, EVICTED);
    gateway.workspaces().end(Optional.of(EVICTED));
    kill();
    assertThat(window.exit()).isEqualTo(255);
    gateway.workspaces().end(Optional.empty());
    assertThat(window.screen().split("workspace-evicted", -1)).hasSize(2);
  }

  /** What its person has killed ends without a word. */
  @Test
  void shell_isKilledInAWorkspaceThatStays_endsByItsSignal(Laptop laptop) {
    var window = laptop.terminal(laptop.openssh("-t", HOST, "echo up; kill -KILL $$"));
    assertThat(window.exit()).isEqualTo(255);
    assertThat(window.screen()).contains("up").doesNotContain("gatehouse:");
  }

  @Test
  void shell_connectionIsLostAndTheReasonComesAfterwards_readsTheReason(Laptop laptop) {
    var window = laptop.terminal(laptop.openssh("-t", HOST, "echo up; cat"));
    window.await("up\r\n");
    gateway.workspaces().announceWhenAsked(MAIN, EVICTED);
    kill();
    assertThat(window.exit()).isEqualTo(255);
    assertThat(window.screen()).contains("gatehouse: " + EVICTED.line() + "\r\n");
  }

  @Test
  void session_workspaceBeginsToEnd_readsWhyOnceBeforeItDoes(Laptop laptop) {
    var exec = laptop.start(laptop.openssh(HOST, "echo up; cat; exit 3").typed());
    exec.awaitStdout("up");
    var window = laptop.terminal(laptop.openssh("-t", HOST, "echo up; cat"));
    window.await("up\r\n");
    gateway.workspaces().announce(MAIN, EVICTED);
    exec.awaitStderr("gatehouse: .*workspace-evicted");
    window.await("gatehouse: .*workspace-evicted\\)\r\n");

    exec.endInput();
    var result = exec.await();
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.stdout()).isEqualTo("up\n");
    assertThat(result.stderr()).isEqualTo("gatehouse: " + EVICTED.line() + "\n");

    gateway.workspaces().end(Optional.of(EVICTED));
    kill();
    assertThat(window.exit()).isEqualTo(255);
    gateway.workspaces().end(Optional.empty());
    assertThat(window.screen().split("workspace-evicted", -1)).hasSize(2);
  }

  /** What a subsystem writes is a protocol, to both of its streams. */
  @Test
  void subsystem_workspaceBeginsToEnd_isLeftAlone(Laptop laptop) {
    var sftp = laptop.start(laptop.openssh("-s", HOST, "sftp").typed());
    var exec = laptop.start(laptop.openssh(HOST, "echo up; cat").typed());
    exec.awaitStdout("up");
    sftp.type("\0\0\0\5\1\0\0\0\3");
    sftp.awaitStdout("posix-rename@openssh.com");
    gateway.workspaces().announce(MAIN, EVICTED);
    exec.awaitStderr("workspace-evicted");
    sftp.endInput();
    var result = sftp.await();
    assertThat(result.exit()).isZero();
    assertThat(result.stderr()).isEmpty();
  }

  @Test
  void tunnel_workspaceIsLost_isCutAndTheNextConnectionWorks(Laptop laptop) throws Exception {
    try (var echo = Listener.tcp(Services::echo)) {
      var port = Ports.free();
      var ssh = laptop.start(laptop.openssh("-vN", "-L", port + ":127.0.0.1:" + echo.port(), HOST));
      ssh.awaitStderr("Entering interactive session");
      try (var connection = Dial.tcp(port).connect()) {
        connection.socket().getOutputStream().write('x');
        var in = connection.socket().getInputStream();
        assertThat(in.read()).isEqualTo('x');
        kill();
        assertThat(in.read()).as("the loss has been seen").isEqualTo(-1);
      }
      assertThat(Dial.tcp(port).exchange("again")).isEqualTo("again");
      assertThat(ssh.isAlive()).isTrue();
    }
  }

  @Test
  void connection_withoutRemoteForwards_servesTheNextSession(Laptop laptop) {
    var socket = laptop.home().resolve("mux").toString();
    var master = laptop.start(laptop.openssh("-MNvS", socket, HOST));
    master.awaitStderr("Entering interactive session");
    for (var i = 0; i < 2; i++) {
      var cat = laptop.start(laptop.openssh("-S", socket, HOST, "echo up; cat").typed());
      cat.awaitStdout("up");
      kill();
      assertThat(cat.await().exit()).isEqualTo(255);
    }
    assertThat(laptop.openssh("-S", socket, HOST, "echo again").run().ok().stdout())
        .isEqualTo("again\n");
    assertThat(master.isAlive()).as(master.stderrSoFar()).isTrue();
  }

  /** The client believes that its forward still listens, and nothing can tell it otherwise. */
  @Test
  void connection_withRemoteForward_isEndedWithTheReason(Laptop laptop) {
    var ssh = remoteForward(laptop);
    kill();
    var result = ssh.await();
    assertThat(result.exit()).isEqualTo(255);
    assertThat(result.stderr()).contains(LOST);
  }

  /** What is no more cannot be lost: the connection has nothing that it would miss. */
  @Test
  void connection_withRemoteForwardThatWasCancelled_servesTheNextSession(Laptop laptop) {
    var socket = laptop.home().resolve("mux").toString();
    var master = laptop.start(laptop.openssh("-MNvS", socket, HOST));
    master.awaitStderr("Entering interactive session");
    var forward = Ports.free() + ":127.0.0.1:9";
    laptop.openssh("-S", socket, "-O", "forward", "-R", forward, HOST).run().ok();
    laptop.openssh("-S", socket, "-O", "cancel", "-R", forward, HOST).run().ok();
    // The client does not wait for the answer; a session opened behind the request does.
    laptop.openssh("-S", socket, HOST, "true").run().ok();
    awaitServing();
    kill();
    assertThat(laptop.openssh("-S", socket, HOST, "echo again").run().ok().stdout())
        .isEqualTo("again\n");
    assertThat(master.isAlive()).as(master.stderrSoFar()).isTrue();
  }

  @Test
  void connection_withRemoteForwardThatWasRefused_servesTheNextSession(Laptop laptop) {
    var socket = laptop.home().resolve("mux").toString();
    var master = laptop.start(laptop.openssh("-oExitOnForwardFailure=no", "-MNvS", socket, HOST));
    master.awaitStderr("Entering interactive session");
    var forward = laptop.remote().resolve("no/such/folder/socket") + ":127.0.0.1:9";
    laptop.openssh("-S", socket, "-O", "forward", "-R", forward, HOST).run();
    master.awaitStderr("mux_confirm_remote_forward: failure|remote .* forwarding failed");
    awaitServing();
    kill();
    assertThat(laptop.openssh("-S", socket, HOST, "echo again").run().ok().stdout())
        .isEqualTo("again\n");
    assertThat(master.isAlive()).as(master.stderrSoFar()).isTrue();
  }

  @Test
  void exec_statusHasArrivedBefore_isNotChanged(Laptop laptop) {
    // What stays behind holds the channel open after the status has been sent.
    var fifo = laptop.remote().resolve("fifo");
    var running =
        laptop.start(
            laptop.openssh("-v", HOST, "mkfifo %1$s; cat %1$s & echo up; exit 7".formatted(fifo)));
    running.awaitStdout("up");
    running.awaitStderr("rtype exit-status");
    kill();
    var result = running.await();
    assertThat(result.exit()).isEqualTo(7);
    assertThat(result.stderr()).doesNotContain("workspace-lost");
    laptop.ssh("test -p %1$s && echo >%1$s".formatted(fifo));
  }

  private static Running remoteForward(Laptop laptop) {
    var ssh = laptop.start(laptop.openssh("-vN", "-R", "0:127.0.0.1:9", HOST));
    ssh.awaitStderr("Allocated port \\d+ for remote forward");
    return ssh;
  }

  private static void awaitServing() {
    Poll.until(
        "sshd serves the connection", () -> gateway.workspaces().sshd().connectionCount() > 0);
  }

  /** Ends the workspace's side as a dying node does. */
  private static void kill() {
    gateway.workspaces().sshd().killConnections();
  }
}
