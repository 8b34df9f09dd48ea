package dev.gatehouse.attacks;

import static dev.gatehouse.testkit.RawSsh.message;
import static dev.gatehouse.testkit.RawSsh.string;
import static dev.gatehouse.testkit.RawSsh.uint32;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.GatewayProcess;
import dev.gatehouse.testkit.RawKey;
import dev.gatehouse.testkit.RawSsh;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * CVE-2003-0020 (escape sequences in Apache's log) and every like of it: what a client says of
 * itself is written where an administrator reads it in a terminal. A line break makes a line that
 * never was, ESC ] 52 fills the clipboard, U+202E turns the reading direction, C1 codes do the same
 * as ESC. The log of the whole process is looked at, the libraries' part included.
 */
@Isolated("it starts a process that needs its share of the machine")
final class LogInjectionIT {
  private static final String HOSTILE =
      "x\n"
          + "00:00:00.000 INFO  [login] root from /127.0.0.1:1\r"
          + "\u001b]52;c;cm9vdA==\u0007\u202e\u009b2J";

  private static RawKey alice;
  private static RawKey mallory;
  private static GatewayProcess gateway;

  @BeforeAll
  static void start() {
    alice = new RawKey();
    mallory = new RawKey();
    gateway =
        GatewayProcess.start("{gateway: {port: 0}, limits: {loginGraceTime: 5s}}", alice, mallory);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void everythingBeforeTheLogin_isHostile_logStaysClean() {
    try (var ssh = RawSsh.connect(gateway.port())) {
      ssh.bytes(("SSH-2.0-" + HOSTILE + "\r\n").getBytes(UTF_8));
      ssh.bytes("SSH-2.0-\u001b]52;c;cm9vdA==\u0007\u009b2J\r\n".getBytes(UTF_8));
      ssh.readLine();
      ssh.packet(RawSsh.kexInit(HOSTILE, HOSTILE, HOSTILE));
      ssh.readToEnd();
    }
    before(ssh -> ssh.packet(message(RawSsh.SERVICE_REQUEST, string(HOSTILE))));
    before(ssh -> ssh.packet(message(2, string(HOSTILE))));
    before(ssh -> ssh.packet(message(4, new byte[] {1}, string(HOSTILE), string(HOSTILE))));
    before(ssh -> ssh.packet(disconnect()));
    atLogin(ssh -> ssh.packet(RawKey.request(HOSTILE, "ssh-connection", "none")));
    atLogin(ssh -> ssh.packet(RawKey.request("alice", HOSTILE, "none")));
    atLogin(ssh -> ssh.packet(RawKey.request("alice", "ssh-connection", HOSTILE)));
    atLogin(
        ssh ->
            ssh.packet(
                RawKey.request(
                    "alice",
                    "ssh-connection",
                    "publickey",
                    new byte[1],
                    string(HOSTILE),
                    string(HOSTILE))));
    atLogin(ssh -> ssh.packet(disconnect()));
    isClean();
  }

  @Test
  void everythingAfterTheLogin_isHostile_logStaysClean() {
    try (var ssh = RawSsh.loggedIn(gateway.port(), "mallory", mallory)) {
      Stream.of(HOSTILE, "tcpip-forward", "streamlocal-forward@openssh.com")
          .forEach(type -> ssh.packet(globalRequest(type)));
      ssh.packet(open(HOSTILE, 0));
      ssh.packet(direct("direct-tcpip", 1));
      ssh.packet(direct("direct-streamlocal@openssh.com", 2));
      ssh.packet(open("session", 3));
      for (var request : requests()) {
        ssh.packet(request);
      }
      ssh.packet(message(98, uint32(0), string("exec"), new byte[] {1}, string(HOSTILE)));
      ssh.packet(disconnect());
      ssh.readToEnd();
    }
    for (var name : List.of("mallory+gate", "mallory+" + HOSTILE, "mallory+no-such-workspace")) {
      try (var ssh = RawSsh.atLogin(gateway.port())) {
        ssh.packet(mallory.proof(ssh.sessionId(), name, "ssh-connection"));
        ssh.packet(open("session", 0));
        ssh.packet(message(98, uint32(0), string("exec"), new byte[] {1}, string(HOSTILE)));
        ssh.packet(disconnect());
        ssh.readToEnd();
      }
    }
    isClean();
  }

  private static List<byte[]> requests() {
    var none = new byte[1];
    return List.of(
        message(98, uint32(0), string("env"), none, string(HOSTILE), string(HOSTILE)),
        message(98, uint32(0), string("env"), none, string("LC_ALL"), string(HOSTILE)),
        message(
            98,
            uint32(0),
            string("pty-req"),
            none,
            string(HOSTILE),
            uint32(80),
            uint32(24),
            uint32(0),
            uint32(0),
            string(HOSTILE)),
        message(98, uint32(0), string(HOSTILE), none),
        message(98, uint32(0), string("subsystem"), none, string(HOSTILE)));
  }

  private static byte[] globalRequest(String type) {
    return message(80, string(type), new byte[] {1}, string(HOSTILE), uint32(0));
  }

  private static byte[] open(String type, int number) {
    return message(90, string(type), uint32(number), uint32(1 << 20), uint32(1 << 15));
  }

  private static byte[] direct(String type, int number) {
    return message(
        90,
        string(type),
        uint32(number),
        uint32(1 << 20),
        uint32(1 << 15),
        string(HOSTILE),
        uint32(80),
        string(HOSTILE),
        uint32(1));
  }

  private static byte[] disconnect() {
    return message(RawSsh.DISCONNECT, uint32(11), string(HOSTILE), string(HOSTILE));
  }

  private static void before(Consumer<RawSsh> hostile) {
    try (var ssh = RawSsh.identified(gateway.port()).exchangeKeys(RawSsh.GCM, true)) {
      hostile.accept(ssh);
      ssh.packet(message(90));
      ssh.readToEnd();
    }
  }

  private static void atLogin(Consumer<RawSsh> hostile) {
    try (var ssh = RawSsh.atLogin(gateway.port())) {
      hostile.accept(ssh);
      ssh.packet(message(90));
      ssh.readToEnd();
    }
  }

  /** Printable ASCII and line ends; and no line that the client wrote. */
  private static void isClean() {
    RawSsh.loggedIn(gateway.port(), "alice", alice).close();
    assertThat(gateway.log()).contains("[login] alice").matches("[ -~\n\t]*");
    assertThat(gateway.log().lines()).noneMatch(line -> line.startsWith("00:00:00.000"));
  }
}
