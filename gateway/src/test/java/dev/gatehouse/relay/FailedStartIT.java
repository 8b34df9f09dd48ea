package dev.gatehouse.relay;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.testkit.Dial;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Running;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.StagedWorkspaces;
import dev.gatehouse.testkit.TargetFixture;
import dev.gatehouse.testkit.Terminal;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A workspace that does not start: one plain line with a code, and a status that says which. */
class FailedStartIT {
  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway = StagedGateway.start();
            return gateway;
          });

  private StagedWorkspaces workspaces;

  @BeforeEach
  void holdStarts(Laptop laptop) {
    workspaces = gateway.workspaces();
    workspaces.hold();
  }

  @AfterEach
  void letGo() {
    workspaces.reset();
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new Failure.Denied("no-quota", "you have no quota left"), 77),
        Arguments.of(new Failure.Unavailable("no-node", "no node is free"), 69),
        Arguments.of(new Failure.Broken("bad-image", "the image is broken"), 70));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void exec_startFails_saysWhyAndExitsByIt(Failure why, int status, Laptop laptop) {
    var running = laptop.start(laptop.openssh(HOST, "echo never"));
    workspaces.awaitAsked(1);
    workspaces.fail(why);
    var result = running.await();
    assertThat(result.exit()).isEqualTo(status);
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr())
        .isEqualTo("gatehouse: %s (%s)\n".formatted(why.message(), why.code()));
  }

  @Test
  void exec_startEndsInABug_isBrokenWithoutDetails(Laptop laptop) {
    var running = laptop.start(laptop.openssh(HOST, "echo never"));
    workspaces.awaitAsked(1);
    workspaces.fail(new IllegalStateException("secret detail"));
    var result = running.await();
    assertThat(result.exit()).isEqualTo(70);
    assertThat(result.stderr())
        .isEqualTo("gatehouse: workspace main could not be started (workspace-start-broken)\n");
  }

  @Test
  void shell_startFails_progressIsGoneAndReasonStays(Laptop laptop) {
    var window = laptop.terminal(laptop.openssh(HOST));
    window.await("starting");
    workspaces.fail(new Failure.Unavailable("no-node", "no node is free"));
    assertThat(window.exit()).isEqualTo(69);
    assertThat(window.screen()).contains("\r\033[Kgatehouse: no node is free (no-node)\r\n");
  }

  @Test
  void exec_afterAFailedStart_triesAgain(Laptop laptop) {
    var running = laptop.start(laptop.openssh(HOST, "true"));
    workspaces.awaitAsked(1);
    workspaces.fail(new Failure.Unavailable("no-node", "no node is free"));
    assertThat(running.await().exit()).isEqualTo(69);
    assertThat(laptop.ssh("echo again").ok().stdout()).isEqualTo("again\n");
    assertThat(workspaces.begun()).isEqualTo(2);
  }

  /** What a program is denied, the person at the terminal beside it may get. */
  @Test
  void terminal_joinsAProgramThatIsDenied_asksForItself(Laptop laptop) {
    var program = startOnASharedConnection(laptop);
    var window = joinWithATerminal(laptop);
    workspaces.fail(new Failure.Denied("no-programs", "not for programs"));
    assertThat(program.await().exit()).isEqualTo(77);
    assertThat(window.exit()).isZero();
    assertThat(window.screen()).contains("mine").doesNotContain("no-programs");
    assertThat(workspaces.asked()).isEqualTo(2);
  }

  @Test
  void terminal_joinsAProgramWhoseStartFails_failsWithIt(Laptop laptop) {
    var program = startOnASharedConnection(laptop);
    var window = joinWithATerminal(laptop);
    workspaces.fail(new Failure.Unavailable("no-node", "no node is free"));
    assertThat(program.await().exit()).isEqualTo(69);
    assertThat(window.exit()).isEqualTo(69);
    assertThat(workspaces.asked()).isEqualTo(1);
  }

  @Test
  void tunnel_startFails_isRefusedWithTheReasonAndTriesAgain(Laptop laptop) {
    var port = Ports.free();
    var ssh = laptop.start(laptop.openssh("-vN", "-L", port + ":127.0.0.1:1", HOST));
    ssh.awaitStderr("Local forwarding listening on 127.0.0.1");
    var user = Thread.ofPlatform().daemon().start(() -> Dial.tcp(port).listen());
    workspaces.awaitAsked(1);
    workspaces.fail(new Failure.Unavailable("no-node", "no node is free"));
    ssh.awaitStderr("open failed: connect failed: gatehouse: no node is free \\(no-node\\)");
    Poll.until("the tunnel's user is let go", () -> !user.isAlive());
    // The second one is refused by the workspace's sshd itself.
    Dial.tcp(port).listen();
    ssh.awaitStderr("open failed: connect failed: Connection refused");
    assertThat(ssh.isAlive()).isTrue();
  }

  @Test
  void remoteForward_startFails_isRefused(Laptop laptop) {
    var ssh = laptop.start(laptop.openssh("-N", "-R", "0:127.0.0.1:1", HOST));
    workspaces.awaitAsked(1);
    workspaces.fail(new Failure.Unavailable("no-node", "no node is free"));
    var result = ssh.await();
    assertThat(result.exit()).isEqualTo(255);
    assertThat(result.stderr()).contains("remote port forwarding failed for listen port 0");
  }

  @Test
  void sftp_startFails_endsWithTheReason(Laptop laptop) {
    var running = laptop.start(laptop.openssh("-s", HOST, "sftp"));
    workspaces.awaitAsked(1);
    workspaces.fail(new Failure.Denied("no-quota", "you have no quota left"));
    var result = running.await();
    assertThat(result.exit()).isEqualTo(77);
    assertThat(result.stderr()).contains("you have no quota left (no-quota)");
    assertThat(result.stdout()).isEmpty();
  }

  private Running startOnASharedConnection(Laptop laptop) {
    var master = laptop.start(laptop.openssh("-MNvS", "mux", HOST));
    master.awaitStderr("Entering interactive session");
    var program = laptop.start(laptop.openssh("-S", "mux", HOST, "echo never"));
    workspaces.awaitAsked(1);
    return program;
  }

  private static Terminal joinWithATerminal(Laptop laptop) {
    var window = laptop.terminal(laptop.openssh("-tS", "mux", HOST, "echo mine"));
    window.await("starting");
    return window;
  }
}
