package dev.gatehouse.relay;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Dial;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Services;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.StagedWorkspaces;
import dev.gatehouse.testkit.TargetFixture;
import dev.gatehouse.testkit.Terminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A workspace that takes a while to start: who is told what, and what waits for it. */
class WorkspaceStartIT {
  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway =
                StagedGateway.start("gateway: {port: 0, motd: Hail to thee}", People.of("alice"));
            return gateway;
          });

  private StagedWorkspaces workspaces;

  @BeforeEach
  void holdStarts(Laptop laptop) {
    workspaces = gateway.workspaces();
    workspaces.hold();
  }

  @AfterEach
  void everythingIsOver() {
    workspaces.reset();
  }

  @Test
  void shell_whileItStarts_showsStepsAndThenNoneOfThem(Laptop laptop) {
    var window = laptop.terminal(laptop.openssh(HOST));
    window.await("starting workspace main \\(\\d+ s\\)");
    workspaces.step("waiting for a node");
    window.await("\r\u001b\\[Kstarting workspace main: waiting for a node \\(\\d+ s\\)");
    window.await("waiting for a node \\(1 s\\)");
    workspaces.letGo();
    window.await("\r\u001b\\[KHail to thee\r\n");
    window.type("exit 3\r");
    assertThat(window.exit()).isEqualTo(3);
    assertThat(afterTheStart(window)).doesNotContain("starting");
  }

  @Test
  void shell_typedWhileItStarts_isNotLost(Laptop laptop) {
    var window = laptop.terminal(laptop.openssh(HOST));
    window.await("starting");
    window.type("echo $((6 * 7)) apples\r");
    workspaces.letGo();
    window.await("42 apples\r\n");
    window.type("exit\r");
    assertThat(window.exit()).isZero();
  }

  @Test
  void shell_windowIsResizedWhileItStarts_hasTheNewSize(Laptop laptop) {
    // Nothing tells when the client has sent the new size: before letGo(), or a moment later.
    var untilThen = "until [ \"$(stty size)\" = '33 101' ]; do sleep 0.1; done; stty size";
    var window = laptop.terminal(laptop.openssh("-t", HOST, untilThen));
    window.await("starting");
    window.resize(101, 33);
    workspaces.letGo();
    window.await("33 101");
    assertThat(window.exit()).isZero();
  }

  @Test
  void exec_whileItStarts_tellsOnStderrAndKeepsStdoutClean(Laptop laptop) {
    var running = laptop.start(laptop.openssh(HOST, "printf clean"));
    workspaces.awaitAsked(1);
    workspaces.step("pulling the image");
    running.awaitStderr("gatehouse: starting workspace main: pulling the image \\([1-9] s\\)\n");
    workspaces.step("waiting for sshd");
    running.awaitStderr("gatehouse: starting workspace main: waiting for sshd \\(\\d+ s\\)\n");
    workspaces.letGo();
    var result = running.await().ok();
    assertThat(result.stdout()).isEqualTo("clean");
    assertThat(result.stderr()).doesNotContain("Hail");
    assertThat(result.stderr().lines()).hasSize(2);
  }

  @Test
  void exec_onTerminal_hasNoMessageOfTheDay(Laptop laptop) {
    workspaces.reset();
    var window = laptop.terminal(laptop.openssh("-t", HOST, "echo up"));
    window.await("up\r\n");
    assertThat(window.exit()).isZero();
    assertThat(window.screen()).doesNotContain("Hail");
  }

  @Test
  void shell_withoutTerminal_hasNoMessageOfTheDay(Laptop laptop) {
    workspaces.reset();
    var result = laptop.openssh("-T", HOST).run("echo up\n").ok();
    assertThat(result.stdout()).isEqualTo("up\n");
    assertThat(result.stderr()).isEmpty();
  }

  @Test
  void exec_fastStart_tellsNothing(Laptop laptop) {
    var running = laptop.start(laptop.openssh(HOST, "true"));
    workspaces.awaitAsked(1);
    workspaces.step("nearly there");
    workspaces.letGo();
    var result = running.await().ok();
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr()).isEmpty();
  }

  /** sftp's stderr may be shown by nobody, or be taken for an error by a program. */
  @Test
  void sftp_whileItStarts_isSilentAndIsAnsweredEarly(Laptop laptop) {
    var running = laptop.start(laptop.openssh("-v", "-s", HOST, "sftp").typed());
    workspaces.awaitAsked(1);
    workspaces.step("pulling the image");
    // Success for the request comes before the workspace does.
    running.awaitStderr("subsystem request accepted|callback done|Sending subsystem");
    workspaces.letGo();
    running.endInput();
    var result = running.await();
    assertThat(result.stderr()).doesNotContain("gatehouse:", "starting workspace");
    assertThat(result.stdout()).isEmpty();
  }

  /** A client with ConnectTimeout or little patience for a reply must not give up. */
  @Test
  void exec_waitsLongerThanASecond_requestIsAnsweredBefore(Laptop laptop) {
    var running = laptop.start(laptop.openssh("-vv", HOST, "true"));
    workspaces.awaitAsked(1);
    running.awaitStderr("exec request accepted on channel 0");
    workspaces.letGo();
    running.await().ok();
  }

  @Test
  void tunnelAlone_startsTheWorkspaceWithTheFirstConnection(Laptop laptop) throws Exception {
    try (var echo = Listener.tcp(Services::echo)) {
      var port = Ports.free();
      var ssh = laptop.start(laptop.openssh("-vN", "-L", port + ":127.0.0.1:" + echo.port(), HOST));
      ssh.awaitStderr("Local forwarding listening on 127.0.0.1");
      ssh.awaitStderr("Entering interactive session");
      Poll.until("alice is connected", () -> gateway.connections() > 0);
      assertThat(workspaces.asked()).isZero();
      var answer = new String[1];
      var user =
          Thread.ofPlatform().daemon().start(() -> answer[0] = Dial.tcp(port).exchange("hello"));
      workspaces.awaitAsked(1);
      workspaces.letGo();
      user.join(Poll.PATIENCE);
      assertThat(answer[0]).isEqualTo("hello");
      assertThat(ssh.stderrSoFar()).doesNotContain("gatehouse:", "starting workspace");
    }
  }

  @Test
  void remoteForward_startsTheWorkspaceAtOnce(Laptop laptop) {
    var ssh = laptop.start(laptop.openssh("-vN", "-R", "0:127.0.0.1:9", HOST));
    workspaces.awaitAsked(1);
    workspaces.letGo();
    ssh.awaitStderr("Allocated port \\d+ for remote forward");
  }

  @Test
  void manySessionsOfOneConnection_joinOneStart(Laptop laptop) {
    var socket = laptop.home().resolve("mux");
    var master = laptop.start(laptop.openssh("-MNvS", socket.toString(), HOST));
    master.awaitStderr("Entering interactive session");
    var one = laptop.start(laptop.openssh("-S", socket.toString(), HOST, "echo $SSH_CONNECTION"));
    var two = laptop.start(laptop.openssh("-S", socket.toString(), HOST, "echo $SSH_CONNECTION"));
    workspaces.awaitAsked(1);
    workspaces.step("pulling the image");
    one.awaitStderr("pulling");
    two.awaitStderr("pulling");
    workspaces.letGo();
    assertThat(two.await().ok().stdout()).isNotBlank().isEqualTo(one.await().ok().stdout());
    assertThat(workspaces.asked()).isEqualTo(1);
  }

  @Test
  void manyConnections_areAllServedByOneStart(Laptop laptop) {
    var one = laptop.start(laptop.openssh(HOST, "echo one"));
    var two = laptop.start(laptop.openssh(HOST, "echo two"));
    workspaces.awaitAsked(2);
    workspaces.letGo();
    assertThat(one.await().ok().stdout()).isEqualTo("one\n");
    assertThat(two.await().ok().stdout()).isEqualTo("two\n");
    assertThat(workspaces.begun()).isEqualTo(1);
  }

  @Test
  void client_isKilledWhileItStarts_startGoesOnAndNothingIsLeft(Laptop laptop) {
    var running = laptop.start(laptop.openssh(HOST, "echo one"));
    workspaces.awaitAsked(1);
    running.kill();
    gateway.awaitNobody();
    var next = laptop.start(laptop.openssh(HOST, "echo two"));
    workspaces.awaitAsked(2);
    assertThat(workspaces.begun()).isEqualTo(1);
    workspaces.letGo();
    assertThat(next.await().ok().stdout()).isEqualTo("two\n");
    gateway.awaitNobody();
    Poll.until(
        "no connection to the workspace is left but the one that is kept",
        () -> gateway.workspaces().sshd().connectionCount() <= 1);
  }

  @Test
  void ctrlC_whileItStarts_endsTheClientAndNotTheStart(Laptop laptop) {
    var window = laptop.terminal(laptop.openssh("-T", HOST, "cat"));
    workspaces.awaitAsked(1);
    window.type("\3");
    assertThat(window.exit()).isNotZero();
    gateway.awaitNobody();
    workspaces.step("still going");
    workspaces.letGo();
    assertThat(laptop.ssh("echo two").ok().stdout()).isEqualTo("two\n");
  }

  private static String afterTheStart(Terminal window) {
    var screen = window.screen();
    return screen.substring(screen.lastIndexOf("\r\u001b[K") + 1);
  }
}
