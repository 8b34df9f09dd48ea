package dev.gatehouse.attacks;

import static dev.gatehouse.testkit.RawSsh.message;
import static dev.gatehouse.testkit.RawSsh.string;
import static dev.gatehouse.testkit.RawSsh.uint32;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.RawSsh;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Server-side request forgery through {@code direct-tcpip}, as in the Capital One breach of 2019,
 * where a server was talked into asking the cloud's metadata address. Whatever the target is called
 * (a number, a mapped address, a name that resolves to something else each time), the gateway's own
 * process never dials it: the workspace's sshd does, from where the workspace is. With nothing but
 * the console behind a login, nobody does.
 */
final class ForwardTargetsIT {
  private static final int OPEN_CONFIRMATION = 91;
  private static final int OPEN_FAILURE = 92;

  private Victim victim;
  private ServerSocket inside;

  @BeforeEach
  void start() throws IOException {
    victim = Victim.start();
    inside = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
    inside.setSoTimeout(10_000);
  }

  @AfterEach
  void close() throws IOException {
    inside.close();
    victim.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "fd00:ec2::254",
        "127.0.0.1",
        "localhost",
        "0.0.0.0",
        "::ffff:127.0.0.1",
        "2130706433",
        "0x7f000001",
        "127.1",
        "metadata.google.internal"
      })
  void console_isAskedToDial_refuses(String target) throws IOException {
    try (var ssh = RawSsh.loggedIn(victim.port(), "mallory+gate", victim.key())) {
      ssh.packet(direct(target, inside.getLocalPort()));
      assertThat(ssh.expect(OPEN_CONFIRMATION, OPEN_FAILURE)).startsWith(OPEN_FAILURE);
    }
    inside.setSoTimeout(1);
    assertThat(accepted()).isEmpty();
    victim.assertServes();
  }

  /** Some of these the resolver takes for this machine; then it is sshd that is on the line. */
  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "localhost", "0.0.0.0", "::ffff:127.0.0.1", "2130706433", "127.1"})
  void workspace_isAskedToDial_doesSoItself(String target) throws IOException {
    try (var ssh = RawSsh.loggedIn(victim.port(), "mallory", victim.key())) {
      ssh.packet(direct(target, inside.getLocalPort()));
      assertThat(ssh.expect(OPEN_CONFIRMATION, OPEN_FAILURE)).startsWith(OPEN_CONFIRMATION);
      try (var line = accepted().orElseThrow()) {
        assertThat(isOurs(line.getPort())).as("this process has dialled").isFalse();
        assertThat(isOurs(inside.getLocalPort())).as("the check sees what is ours").isTrue();
      }
    }
  }

  private Optional<Socket> accepted() throws IOException {
    try {
      return Optional.of(inside.accept());
    } catch (SocketTimeoutException e) {
      return Optional.empty();
    }
  }

  /** Whether a socket of this process, which the gateway is part of, has that local port. */
  private static boolean isOurs(int port) throws IOException {
    var local = ":%04X".formatted(port);
    for (var table : new String[] {"tcp", "tcp6"}) {
      for (var line : Files.readAllLines(Path.of("/proc/net", table))) {
        var fields = line.strip().split("\\s+", -1);
        if (fields[1].endsWith(local) && holds("socket:[" + fields[9] + "]")) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean holds(String socket) throws IOException {
    try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.anyMatch(fd -> socket.equals(target(fd)));
    }
  }

  private static String target(Path fd) {
    try {
      return Files.readSymbolicLink(fd).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }

  private static byte[] direct(String host, int port) {
    return message(
        90,
        string("direct-tcpip"),
        uint32(0),
        uint32(1 << 20),
        uint32(1 << 15),
        string(host),
        uint32(port),
        string("127.0.0.1"),
        uint32(1));
  }
}
