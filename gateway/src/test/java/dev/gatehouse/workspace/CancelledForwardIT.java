package dev.gatehouse.workspace;

import static dev.gatehouse.testkit.RawSsh.message;
import static dev.gatehouse.testkit.RawSsh.string;
import static dev.gatehouse.testkit.RawSsh.uint32;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.GatewayTarget;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.RawKey;
import dev.gatehouse.testkit.RawSsh;
import dev.gatehouse.workspace.local.LocalWorkspaces;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A client that has been told that its remote forward is cancelled may use the port again at once.
 * Before, about one in sixty could still connect to it.
 */
@Timeout(120)
@Isolated(
    "a process that another test starts holds the listening socket until it executes its program")
class CancelledForwardIT {
  private static final int GLOBAL_REQUEST = 80;
  private static final int SUCCESS = 81;
  private static final int MANY = 1000;

  @Test
  void remoteForward_isCancelled_acceptsNobodyOnceThatIsAnswered() throws IOException {
    var alice = new RawKey();
    var state = Folders.temporary();
    var people = People.of().add("alice", alice.publicKey());
    try (var gateway =
            GatewayTarget.start(
                "gateway: {port: 0}",
                state,
                people,
                userCa -> new LocalWorkspaces(state, userCa, InstantSource.system()));
        var ssh = RawSsh.loggedIn(gateway.port(), "alice", alice)) {
      var reached = 0;
      for (var i = 0; i < MANY; i++) {
        var port = Ports.free();
        ask(ssh, "tcpip-forward", port);
        ask(ssh, "cancel-tcpip-forward", port);
        reached += accepts(port) ? 1 : 0;
      }
      assertThat(reached).isZero();
    }
  }

  private static void ask(RawSsh ssh, String type, int port) {
    ssh.packet(
        message(GLOBAL_REQUEST, string(type), new byte[] {1}, string("127.0.0.1"), uint32(port)));
    ssh.expect(SUCCESS);
  }

  private static boolean accepts(int port) throws IOException {
    try (var _ = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      return true;
    } catch (ConnectException e) {
      return false;
    }
  }
}
