package dev.gatehouse.relay;

import static dev.gatehouse.testkit.Laptop.HOST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.PlainSshd;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.StagedGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One connection to a workspace's sshd serves many sessions after each other, or waits for one. */
class WarmConnectionIT {
  private StagedGateway gateway;
  private Laptop laptop;

  @BeforeEach
  void start() {
    gateway = StagedGateway.start();
    laptop = new Laptop(gateway);
  }

  @AfterEach
  void close() {
    laptop.close();
    gateway.close();
  }

  @Test
  void exec_again_costsTheWorkspaceNoLogin() {
    var first = connection();
    for (var i = 0; i < 3; i++) {
      assertThat(connection()).isEqualTo(first);
    }
    assertThat(sshd().logins()).isEqualTo(1);
  }

  @Test
  void exec_whileAnotherRuns_takesTheOneThatWasMadeAhead() {
    var running = laptop.start(laptop.openssh(HOST, "echo up; cat").typed());
    running.awaitStdout("up");
    awaitLogins(2);
    assertThat(laptop.ssh("echo second").ok().stdout()).isEqualTo("second\n");
    assertThat(laptop.ssh("echo third").ok().stdout()).isEqualTo("third\n");
    assertThat(sshd().logins()).isEqualTo(2);
    running.endInput();
    running.await().ok();
  }

  @Test
  void login_workspaceRuns_isConnectedToBeforeAnySession() {
    gateway.workspaces().run(true);
    var idle = laptop.start(laptop.openssh("-N", HOST));
    awaitLogins(1);
    laptop.ssh("true").ok();
    assertThat(sshd().logins()).isEqualTo(1);
    assertThat(idle.isAlive()).isTrue();
  }

  @Test
  void login_workspaceIsNotKnownToRun_asksForNothing() {
    gateway.workspaces().hold();
    laptop.ssh("gate whoami").ok();
    assertThat(gateway.workspaces().asked()).isZero();
    assertThat(sshd().logins()).isZero();
  }

  @Test
  void exec_keptConnectionHasDied_isServedByAnother() {
    var first = connection();
    sshd().killConnections();
    assertThat(connection()).isNotEqualTo(first);
  }

  /** A pod without power, or cut off: nothing ends, and nobody answers. */
  @Test
  void exec_keptConnectionIsSilent_isServedByAnother() {
    var first = connection();
    sshd().freezeConnections();
    try {
      assertThat(connection()).isNotEqualTo(first);
    } finally {
      sshd().killConnections();
    }
  }

  @Test
  void exec_afterAForwardOfTheAgent_hasAConnectionOfItsOwn() {
    var agent = laptop.program("ssh-agent", "ssh", "-F", laptop.config().toString());
    var ask = "echo $SSH_CONNECTION; test -S $SSH_AUTH_SOCK";
    var first = agent.and("-A", HOST, ask).run().ok().stdout();
    var second = agent.and("-A", HOST, ask).run().ok().stdout();
    assertThat(second).isNotBlank().isNotEqualTo(first);
  }

  @Test
  void exec_afterARemoteForward_hasAConnectionOfItsOwn() {
    var ask = "echo $SSH_CONNECTION";
    var first = laptop.openssh("-R", "0:127.0.0.1:9", HOST, ask).run().ok().stdout();
    assertThat(connection()).isNotBlank().isNotEqualTo(first);
  }

  /** The client's end says nothing of the channel: what runs there is ended with the connection. */
  @Test
  void exec_afterAClientWasKilled_hasAConnectionOfItsOwn() {
    var fifo = laptop.remote().resolve("fifo");
    var killed =
        laptop.start(
            laptop.openssh(HOST, "mkfifo %1$s; echo $SSH_CONNECTION; cat %1$s".formatted(fifo)));
    killed.awaitStdout("\n");
    killed.kill();
    gateway.awaitNobody();
    assertThat(connection()).isNotEqualTo(new String(killed.stdoutSoFar(), UTF_8));
  }

  @Test
  void mux_workspaceHasMoved_nextSessionGoesToTheNewPlace() {
    var socket = laptop.home().resolve("mux").toString();
    var master = laptop.start(laptop.openssh("-MNvS", socket, HOST));
    master.awaitStderr("Entering interactive session");
    var open = laptop.start(laptop.openssh("-S", socket, HOST, "echo up; cat").typed());
    open.awaitStdout("up");
    gateway.workspaces().move();
    var lost = open.await();
    assertThat(lost.exit()).isEqualTo(255);
    assertThat(lost.stderr()).contains("(workspace-lost)");
    assertThat(laptop.openssh("-S", socket, HOST, "echo again").run().ok().stdout())
        .isEqualTo("again\n");
    assertThat(sshd().logins()).isPositive();
    assertThat(master.isAlive()).as(master.stderrSoFar()).isTrue();
  }

  private PlainSshd sshd() {
    return gateway.workspaces().sshd();
  }

  private void awaitLogins(long count) {
    Poll.until(
        () -> count + " logins, not " + sshd().logins(),
        Poll.PATIENCE,
        () -> sshd().logins() == count);
  }

  /** By which the workspace tells one connection from another. */
  private String connection() {
    return laptop.ssh("echo $SSH_CONNECTION").ok().stdout();
  }
}
