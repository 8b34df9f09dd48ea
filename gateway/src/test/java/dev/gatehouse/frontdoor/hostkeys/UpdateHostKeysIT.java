package dev.gatehouse.frontdoor.hostkeys;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Program;
import dev.gatehouse.testkit.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenSSH's own {@code UpdateHostKeys}, while host keys are rotated on a running gateway. */
class UpdateHostKeysIT {
  private HostKeyGateway gateway;
  private Laptop laptop;
  private List<SshPublicKey> old;
  private Path knownHosts;

  @BeforeEach
  void start() {
    gateway = HostKeyGateway.modern();
    laptop = new Laptop(gateway);
    old = gateway.publicKeys();
    knownHosts = gateway.knowing(laptop.home().resolve("known"), old);
  }

  @AfterEach
  void stop() {
    laptop.close();
    gateway.close();
  }

  @Test
  void client_knowsOneKey_learnsTheOther() {
    gateway.knowing(knownHosts, List.of(gateway.preferred()));
    whoami("-oUpdateHostKeys=yes").ok();
    assertThat(HostKeyGateway.known(knownHosts)).containsExactlyInAnyOrderElementsOf(old);
  }

  @Test
  void client_connectsBetweenRotationAndRetirement_learnsTheNewKeysAndForgetsTheOldOnes() {
    gateway.rotate();
    whoami("-oUpdateHostKeys=yes").ok();
    assertThat(HostKeyGateway.known(knownHosts))
        .containsExactlyInAnyOrderElementsOf(gateway.publicKeys())
        .hasSize(4);
    gateway.keys().retire();
    whoami("-oUpdateHostKeys=yes").ok();
    assertThat(HostKeyGateway.known(knownHosts))
        .containsExactlyInAnyOrderElementsOf(gateway.publicKeys())
        .doesNotContainAnyElementsOf(old);
  }

  @Test
  void client_didNotConnectInBetween_refusesByItself() {
    gateway.rotate();
    gateway.keys().retire();
    var result = whoami("-oUpdateHostKeys=yes");
    assertThat(result.exit()).isEqualTo(255);
    assertThat(result.stderr()).contains("REMOTE HOST IDENTIFICATION HAS CHANGED");
    assertThat(HostKeyGateway.known(knownHosts)).isEqualTo(old);
  }

  @Test
  void client_updatesNothing_getsOnAsBefore() {
    gateway.rotate();
    whoami("-oUpdateHostKeys=no").ok();
    assertThat(HostKeyGateway.known(knownHosts)).isEqualTo(old);
  }

  /** Then OpenSSH accepts proofs by RSA keys with that algorithm only. */
  @ParameterizedTest
  @ValueSource(strings = {"rsa-sha2-256", "rsa-sha2-512"})
  void client_exchangedKeysWithRsa_learnsTheNewRsaKey(String algorithm) {
    gateway.rotate();
    whoami("-oUpdateHostKeys=yes", "-oHostKeyAlgorithms=" + algorithm).ok();
    assertThat(HostKeyGateway.known(knownHosts))
        .filteredOn(key -> key.type().equals("ssh-rsa"))
        .hasSize(2);
  }

  /** It says nothing after its login, so nothing of its own makes the gateway speak. */
  @Test
  void client_isAMasterWithoutSessions_learnsTheNewKeys() {
    gateway.rotate();
    var master = laptop.start(ssh("-oUpdateHostKeys=yes", "-M", "-S", "m", "-N", HOST));
    Poll.until("the master learns", () -> HostKeyGateway.known(knownHosts).size() == 4);
    assertThat(master.isAlive()).isTrue();
    var check = ssh("-S", "m", HOST, "gate whoami").run().ok();
    assertThat(check.stdout()).contains("user\talice\n");
  }

  /** A live session goes on through rekeys, for a client that knows none of the new keys too. */
  @Test
  void client_isConnectedDuringRetirement_keepsTheKeyThatItBeganWith() {
    var session =
        laptop.start(
            ssh("-oUpdateHostKeys=no", "-oRekeyLimit=1M", "-v", HOST, "echo up; cat").typed());
    session.awaitStdout("up\n");
    gateway.rotate();
    gateway.keys().retire();
    var bytes = "x".repeat(1 << 20);
    for (var i = 0; i < 3; i++) {
      session.type(bytes);
    }
    session.awaitStderr("(?s)rekeying in progress.*rekeying in progress");
    session.endInput();
    var result = session.await().ok();
    assertThat(result.bytes()).hasSize(3 * (1 << 20) + 3);
    assertThat(whoami("-oUpdateHostKeys=no").exit()).isEqualTo(255);
  }

  private Result whoami(String... options) {
    return ssh(options).and(HOST, "gate whoami").run();
  }

  private Program ssh(String... options) {
    return laptop
        .openssh("-oUserKnownHostsFile=" + knownHosts, "-oStrictHostKeyChecking=yes")
        .and(options);
  }
}
