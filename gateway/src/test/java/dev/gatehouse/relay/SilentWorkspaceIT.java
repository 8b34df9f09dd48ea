package dev.gatehouse.relay;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.LocalTarget;
import dev.gatehouse.testkit.PodNetwork;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.StagedGateway;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A workspace's machine loses its power: no FIN and no RST comes, and without keepalives the
 * kernel's time-outs would take hours. It takes a minute to know, in which a workspace that is
 * merely quiet must not be taken for dead, whichever kind of sshd it has.
 */
@Execution(ExecutionMode.CONCURRENT)
class SilentWorkspaceIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final String LOST =
      "gatehouse: the connection to workspace main was lost (workspace-lost)\n";

  @Test
  void exec_workspaceFallsSilent_isLostAndThoseThatAnswerAreNot() {
    try (var gateway = StagedGateway.start();
        var local = LocalTarget.start("gateway: {port: 0}");
        var laptop = new Laptop(gateway);
        var other = new Laptop(local)) {
      var quiet = other.start(other.openssh(HOST, "echo up; sleep 70; echo over").within(PATIENCE));
      quiet.awaitStdout("up");
      var running = laptop.start(laptop.openssh(HOST, "echo up; cat").typed().within(PATIENCE));
      running.awaitStdout("up");
      var sshd = gateway.workspaces().sshd();
      sshd.freezeConnections();
      try {
        var result = running.await();
        assertThat(result.exit()).isEqualTo(255);
        assertThat(result.stderr()).isEqualTo(LOST);
      } finally {
        sshd.killConnections();
      }
      assertThat(laptop.ssh("echo again").ok().stdout()).isEqualTo("again\n");
      assertThat(quiet.await().ok().stdout()).isEqualTo("up\nover\n");
    }
  }

  /** Until it is known, the connection that is kept is no better than any other. */
  @Test
  void exec_wireIsCut_isLostAndWhoComesMeanwhileIsToldSo() {
    try (var network = PodNetwork.create();
        var gateway = StagedGateway.start();
        var laptop = new Laptop(gateway)) {
      gateway.workspaces().moveInto(network);
      var running = laptop.start(laptop.openssh(HOST, "echo up; cat").typed().within(PATIENCE));
      running.awaitStdout("up");
      var sshd = gateway.workspaces().sshd();
      Poll.until("another connection is kept", () -> sshd.logins() == 2);
      network.unplug();
      var meanwhile = laptop.ssh("echo never");
      assertThat(meanwhile.exit()).isEqualTo(69);
      assertThat(meanwhile.stderr()).contains("(workspace-unreachable)");
      var result = running.await();
      assertThat(result.exit()).isEqualTo(255);
      assertThat(result.stderr()).isEqualTo(LOST);
      gateway.workspaces().move();
      assertThat(laptop.ssh("echo again").ok().stdout()).isEqualTo("again\n");
    }
  }
}
