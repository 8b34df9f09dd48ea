package dev.gatehouse.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawKey;
import dev.gatehouse.testkit.RawSsh;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * regreSSHion, CVE-2024-6387: what sshd did when LoginGraceTime passed could be made to run the
 * attacker's code, given thousands of connections that reach it at a chosen point. Here many reach
 * it at every point of the way, and nothing is left of them.
 */
final class LoginGraceTimeIT {
  private static final int EACH = 20;

  @Test
  void loginGraceTime_passesForManyEverywhere_leavesNothing() {
    try (var victim = Victim.start(", perSourceMaxStartups: 1000, maxStartups: '1000:100:1000'")) {
      var clients = new ArrayList<RawSsh>();
      for (var i = 0; i < EACH; i++) {
        clients.addAll(atEveryPoint(victim));
      }
      for (var client : clients) {
        assertThat(client.readToEnd()).doesNotContain(RawSsh.USERAUTH_SUCCESS);
        client.close();
      }
      victim.assertUnharmed();
    }
  }

  private static List<RawSsh> atEveryPoint(Victim victim) {
    var port = victim.port();
    var silent = RawSsh.connect(port);
    var identified = RawSsh.identified(port);
    var halfAPacket = RawSsh.identified(port);
    halfAPacket.bytes(new byte[] {0, 0, 0, 100, 6, RawSsh.KEXINIT});
    var exchanging = RawSsh.identified(port);
    exchanging.packet(RawSsh.kexInit("curve25519-sha256", true));
    var asking = RawSsh.atLogin(port);
    asking.packet(RawKey.request("mallory", "ssh-connection", "none"));
    var offering = RawSsh.atLogin(port);
    offering.packet(victim.key().query("mallory"));
    var proof = RawSsh.atLogin(port);
    var packet = proof.sealed(victim.key().proof(proof.sessionId(), "mallory", "ssh-connection"));
    proof.bytes(Arrays.copyOf(packet, packet.length - 1));
    return List.of(silent, identified, halfAPacket, exchanging, asking, offering, proof);
  }
}
