package dev.gatehouse.clients;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Dial;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Services;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/**
 * Tunnels of unix sockets ({@code direct-streamlocal@openssh.com} and {@code
 * streamlocal-forward@openssh.com}), which IDEs use so that no port is open to others.
 */
abstract class UnixSocketForwardingContract {
  @Test
  void localSocket_toRemoteSocket_bytesGoBothWays(Laptop laptop) {
    var far = laptop.remote().resolve("f");
    var near = laptop.home().resolve("n");
    laptop.keep(Listener.unix(far, Services::count));
    Tunnel.open(laptop, "-L", near + ":" + far);
    assertThat(Dial.unix(near).exchange("12345")).isEqualTo("got 5 bytes");
  }

  @Test
  void localPort_toRemoteSocket_bytesGoBothWays(Laptop laptop) {
    var far = laptop.remote().resolve("f");
    var port = Ports.free();
    laptop.keep(Listener.unix(far, Services::echo));
    Tunnel.open(laptop, "-L", port + ":" + far);
    var bytes = OpenSshExecContract.allByteValues(3_000_000);
    assertThat(Dial.tcp(port).exchange(bytes)).isEqualTo(bytes);
  }

  @Test
  void localSocket_toRemotePort_bytesGoBothWays(Laptop laptop) {
    var near = laptop.home().resolve("n");
    var far = laptop.keep(Listener.tcp(Services::greet));
    Tunnel.open(laptop, "-L", near + ":127.0.0.1:" + far.port());
    assertThat(Dial.unix(near).listen()).isEqualTo("hello");
  }

  @Test
  void remoteSocket_toLocalSocket_bytesGoBothWays(Laptop laptop) {
    var far = laptop.home().resolve("f");
    var near = laptop.remote().resolve("n");
    laptop.keep(Listener.unix(far, Services::count));
    Tunnel.open(laptop, "-R", near + ":" + far);
    assertThat(Dial.unix(near).exchange("1234567")).isEqualTo("got 7 bytes");
  }

  @Test
  void remoteSocket_toLocalPort_bytesGoBothWays(Laptop laptop) {
    var near = laptop.remote().resolve("n");
    var far = laptop.keep(Listener.tcp(Services::echo));
    Tunnel.open(laptop, "-R", near + ":127.0.0.1:" + far.port());
    var bytes = OpenSshExecContract.allByteValues(3_000_000);
    assertThat(Dial.unix(near).exchange(bytes)).isEqualTo(bytes);
  }

  @Test
  void remoteSocket_isMade_nobodyElseMayUseIt(Laptop laptop) throws Exception {
    var near = laptop.remote().resolve("n");
    Tunnel.open(laptop, "-R", near + ":127.0.0.1:9");
    assertThat(Files.getPosixFilePermissions(near))
        .allMatch(permission -> permission.name().startsWith("OWNER_"));
  }

  @Test
  void remoteSocket_pathIsTaken_isRefused(Laptop laptop) throws Exception {
    var taken = Files.createFile(laptop.remote().resolve("n"));
    var result = laptop.openssh("-N", "-R", taken + ":127.0.0.1:9", HOST).run();
    assertThat(result.exit()).isEqualTo(255);
    assertThat(result.stderr()).contains("remote port forwarding failed for listen path " + taken);
  }

  @Test
  void localSocket_nobodyListensThere_clientSaysConnectFailed(Laptop laptop) {
    var near = laptop.home().resolve("n");
    var ssh = Tunnel.open(laptop, "-L", near + ":" + laptop.remote().resolve("none"));
    assertThat(Dial.unix(near).listen()).isEmpty();
    ssh.awaitStderr("open failed: connect failed");
    assertThat(ssh.isAlive()).isTrue();
  }
}
