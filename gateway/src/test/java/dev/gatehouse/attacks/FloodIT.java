package dev.gatehouse.attacks;

import static dev.gatehouse.testkit.RawSsh.message;
import static dev.gatehouse.testkit.RawSsh.string;
import static dev.gatehouse.testkit.RawSsh.uint32;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.GatewayProcess;
import dev.gatehouse.testkit.Nightly;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.RawKey;
import dev.gatehouse.testkit.RawSsh;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * CVE-2025-26466 (pings that are answered and kept), CVE-2016-8858 (KEXINIT without end), and the
 * plainest of all, connections that say nothing. The gateway has 256 MB, does not run out of it,
 * and lets somebody else in.
 */
@Isolated("it needs its share of the machine")
@Nightly
final class FloodIT {
  private static final int HALF_OPEN = 3000;
  private static final int MESSAGES = 200_000;

  private final RawKey alice = new RawKey();
  private final RawKey mallory = new RawKey();
  private GatewayProcess gateway;

  @BeforeEach
  void start() {
    gateway =
        GatewayProcess.start("{gateway: {port: 0}, limits: {loginGraceTime: 20s}}", alice, mallory);
    RawSsh.loggedIn(gateway.port(), "alice", alice).close();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  /** From another address one gets in while all of them stay. */
  @Test
  void halfOpenConnections_fromOneAddress_leaveRoomForOthers() {
    var clients = new ArrayList<RawSsh>();
    for (var i = 0; i < HALF_OPEN; i++) {
      clients.add(RawSsh.connect(gateway.port(), "127.0.0.2"));
    }
    isServed();
    clients.forEach(RawSsh::close);
  }

  /** Those use up MaxStartups, as they would with sshd; and that ends with them. */
  @Test
  void halfOpenConnections_fromManyAddresses_areForgottenWhenTheyLeave() {
    var clients = new ArrayList<RawSsh>();
    for (var i = 0; i < HALF_OPEN; i++) {
      clients.add(RawSsh.connect(gateway.port(), "127.0.%d.%d".formatted(1 + i % 10, 1 + i % 250)));
    }
    clients.forEach(RawSsh::close);
    Poll.until("they are forgotten", () -> isLetIn());
    isServed();
  }

  /** 192 is OpenSSH's ping, 2 IGNORE, 80 a global request; nothing is ever read. */
  @ParameterizedTest
  @ValueSource(ints = {192, 80, 90, 110})
  void messages_inAFloodWithoutReading_areBounded(int type) {
    Thread flood;
    try (var ssh = RawSsh.loggedIn(gateway.port(), "mallory", mallory)) {
      flood = Thread.startVirtualThread(() -> flood(ssh, type));
      for (var i = 0; i < 5; i++) {
        isServed();
      }
    }
    join(flood);
    isServed();
  }

  private static void flood(RawSsh ssh, int type) {
    var message =
        switch (type) {
          case 80 -> message(80, string("keepalive@openssh.com"), new byte[] {1});
          case 90 -> message(90, string("session"), uint32(7), uint32(1 << 20), uint32(1 << 15));
          default -> message(type, string(new byte[1000]));
        };
    for (var i = 0; i < MESSAGES && ssh.isOpen(); i++) {
      ssh.packet(message);
    }
  }

  @Test
  void keyExchanges_withoutEnd_endTheConnection() {
    for (var user : List.of("", "mallory")) {
      try (var ssh =
          user.isEmpty()
              ? RawSsh.atLogin(gateway.port())
              : RawSsh.loggedIn(gateway.port(), user, mallory)) {
        assertThat(exchanges(ssh)).isLessThan(1000);
      }
      isServed();
    }
  }

  private static int exchanges(RawSsh ssh) {
    for (var i = 0; i < 1000; i++) {
      try {
        ssh.exchangeKeys(RawSsh.GCM, true);
      } catch (AssertionError e) {
        return i;
      }
    }
    return 1000;
  }

  private boolean isLetIn() {
    RawSsh.loggedIn(gateway.port(), "alice", alice).close();
    return true;
  }

  private void isServed() {
    RawSsh.loggedIn(gateway.port(), "alice", alice).close();
    assertThat(gateway.log()).doesNotContain("OutOfMemoryError");
  }

  private static void join(Thread thread) {
    try {
      thread.join(Poll.PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
