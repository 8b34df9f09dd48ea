package dev.gatehouse.relay;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import java.nio.file.Files;
import org.apache.sshd.common.SshConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is only there in name is ended, and what lives is not. */
@Execution(ExecutionMode.SAME_THREAD)
class LivenessIT {
  private static final String DEFINITION =
      """
      gateway: {port: 0}
      limits:
        clientAliveInterval: 1s
        clientAliveCountMax: 1
        channelTimeout: {'session:sh*': 3s, 'session:subsystem:sftp': 3s, '*': 600s, session: 0s}
        unusedConnectionTimeout: 2s
      """;
  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway = StagedGateway.start(DEFINITION, People.of("alice"));
            return gateway;
          });

  /** OpenSSH answers keepalives; SIGSTOP is what an unplugged cable looks like. */
  @Test
  void client_answersNoMore_isCutOff(Laptop laptop) {
    var stopped = laptop.start(laptop.openssh(HOST, "echo ready; sleep 600"));
    stopped.awaitStdout("ready");
    laptop.program("kill", "-STOP", "" + stopped.pid()).run().ok();
    gateway.awaitNobody();
    laptop.program("kill", "-CONT", "" + stopped.pid()).run().ok();
    assertThat(stopped.await().exit()).isEqualTo(255);
  }

  @Test
  void client_answersAndSaysNothingElse_stays(Laptop laptop) {
    var quiet = laptop.ssh("sleep 5; echo still here");
    assertThat(quiet.ok().stdout()).isEqualTo("still here\n");
  }

  @Test
  void shell_withoutTraffic_timesOutAndSaysSo(Laptop laptop) {
    var shell = laptop.start(laptop.openssh(HOST).typed());
    var end = shell.await();
    assertThat(end.exit()).isEqualTo(255);
    assertThat(end.stderr()).contains("nothing has passed here for too long (channel-timeout)");
  }

  @Test
  void sftp_withoutTraffic_timesOut(Laptop laptop) {
    var sftp = laptop.start(laptop.openssh("-s", HOST, "sftp").typed());
    var end = sftp.await();
    assertThat(end.exit()).isEqualTo(255);
    assertThat(end.stderr()).contains("nothing has passed here for too long (channel-timeout)");
  }

  /** All channels together: as long as one is used, none is closed. */
  @Test
  void global_oneChannelIsUsed_keepsTheOtherUntilNoneIs() {
    try (var other =
            StagedGateway.start(
                "{gateway: {port: 0}, limits: {channelTimeout: {global: 3s}}}",
                People.of("alice"));
        var laptop = new Laptop(other)) {
      var control = laptop.home().resolve("ctl");
      laptop.start(
          laptop.openssh("-M", "-S", control.toString(), "-o", "ControlPersist=60", "-N", HOST));
      Poll.until("the master is there", () -> Files.exists(control));
      var quiet = laptop.start(laptop.openssh("-S", control.toString(), HOST, "sleep 600"));
      var busy =
          laptop
              .openssh(
                  "-S", control.toString(), HOST, "for i in 1 2 3 4 5 6; do echo $i; sleep 1; done")
              .run()
              .ok();
      assertThat(busy.stdout()).endsWith("6\n");
      assertThat(quiet.isAlive()).as("quiet is kept by busy").isTrue();
      assertThat(quiet.await().stderr()).contains("(channel-timeout)");
    }
  }

  @Test
  void connection_withoutChannels_isEnded(Laptop laptop) {
    var idle = laptop.start(laptop.openssh("-N", HOST));
    assertThat(idle.await().stderr()).contains("nothing is open on this connection");
  }

  @Test
  void command_longerThanAllowed_isRefusedInWords(Laptop laptop) {
    try (var client = RawClient.login(gateway)) {
      var channel = client.openSession(RawClient.LARGE_WINDOW);
      client.exec(channel, "x".repeat(140_000));
      var words = client.await(SshConstants.SSH_MSG_CHANNEL_EXTENDED_DATA).fields();
      words.getUInt();
      words.getUInt();
      assertThat(words.getString()).contains("(command-too-long)");
    }
  }

  /** A workspace opens what was asked of it, and an agent was not. */
  @Test
  void agent_notAskedFor_isNotReachable(Laptop laptop) {
    assertThat(laptop.ssh("echo ${SSH_AUTH_SOCK:-none}").ok().stdout()).isEqualTo("none\n");
    Poll.until("all is over", () -> gateway.connections() == 0);
  }
}
