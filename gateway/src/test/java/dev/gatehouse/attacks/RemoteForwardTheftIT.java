package dev.gatehouse.attacks;

import static dev.gatehouse.testkit.RawSsh.message;
import static dev.gatehouse.testkit.RawSsh.string;
import static dev.gatehouse.testkit.RawSsh.uint32;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.RawKey;
import dev.gatehouse.testkit.RawSsh;
import dev.gatehouse.testkit.StagedGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/**
 * CVE-2016-10009's family: what one person forwards reaches another. Two people ask for the same
 * port on the same machine; the second is told no, and gets nothing that is meant for the first,
 * even when she cancels a forward that is not hers.
 */
final class RemoteForwardTheftIT {
  private static final int REQUEST_SUCCESS = 81;
  private static final int REQUEST_FAILURE = 82;
  private static final int OPEN = 90;

  @Test
  void port_ofSomebodyElse_staysTheirs() throws IOException {
    var alice = new RawKey();
    var mallory = new RawKey();
    var people = People.of().add("alice", alice.publicKey()).add("mallory", mallory.publicKey());
    try (var gateway = StagedGateway.start("gateway: {port: 0}", people);
        var first = RawSsh.loggedIn(gateway.port(), "alice", alice);
        var second = RawSsh.loggedIn(gateway.port(), "mallory", mallory)) {
      var port = Ports.free();
      assertThat(answer(first, "tcpip-forward", port)).isEqualTo(REQUEST_SUCCESS);
      assertThat(answer(second, "tcpip-forward", port)).isEqualTo(REQUEST_FAILURE);
      assertThat(answer(second, "cancel-tcpip-forward", port)).isEqualTo(REQUEST_FAILURE);
      try (var _ = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
        first.expect(OPEN);
        second.packet(message(80, string("keepalive@openssh.com"), new byte[] {1}));
        assertThat(second.read()[0]).isEqualTo((byte) REQUEST_FAILURE);
      }
    }
  }

  private static int answer(RawSsh ssh, String type, int port) {
    ssh.packet(message(80, string(type), new byte[] {1}, string("127.0.0.1"), uint32(port)));
    return ssh.expect(REQUEST_SUCCESS, REQUEST_FAILURE)[0];
  }
}
