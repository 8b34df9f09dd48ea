package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Nightly;
import dev.gatehouse.testkit.RawSsh;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Slowloris for SSH: thousands of connections that begin and never go on. Each costs the attacker a
 * socket, and a careless server a session each until memory or descriptors are gone (sshd before
 * MaxStartups; MINA keeps all 3,000). The gateway here has a heap of 256 MB.
 */
@Isolated("it fills the machine's sockets")
@Nightly
final class HalfOpenFloodIT {
  private static final int MANY = 3000;

  /** Stands for a load balancer, whose PROXY headers play any number of clients. */
  private static final String BALANCER = "127.0.0.2";

  private final TryHome home = new TryHome().withKey("id_ed25519");
  private final List<RawSsh> attackers = new ArrayList<>();
  private TryGateway gateway;

  @BeforeEach
  void start() {
    var definition = home.home().resolve("cluster.yaml");
    Folders.write(
        definition,
        """
        gateway: {proxyProtocolFrom: [%s]}
        limits: {loginGraceTime: 10s, perSourcePenaltyExemptList: [127.0.0.1]}
        """
            .formatted(BALANCER));
    gateway =
        TryGateway.start(
            home,
            home.gatehouse(
                    "try",
                    "--port",
                    "0",
                    "--state",
                    home.state().toString(),
                    "--cluster",
                    definition.toString())
                .with("JAVA_TOOL_OPTIONS", "-Xmx256m"));
    gateway.whoami();
  }

  @AfterEach
  void stop() {
    attackers.forEach(RawSsh::close);
    gateway.close();
    home.close();
  }

  @Test
  void connections_halfOpenFromOneAddress_leaveRoomForOthers() {
    flood(i -> RawSsh.connect(gateway.port(), "127.0.0.3"));
    assertServes();
    assertThat(gateway.log()).contains("[connection-refused] /127.0.0.3:");
    assertUnharmed();
  }

  /** They may shut others out for loginGraceTime, as with sshd, and not longer. */
  @Test
  void connections_halfOpenFromManyAddresses_areBoundedAndEnd() {
    flood(
        i -> {
          var ssh = RawSsh.connect(gateway.port(), BALANCER);
          ssh.line("PROXY TCP4 10.9.%d.%d 10.0.0.1 4711 22".formatted(i / 250, i % 250 + 1));
          return ssh;
        });
    attackers.forEach(RawSsh::awaitEnd);
    assertServes();
    assertUnharmed();
  }

  private void flood(IntFunction<RawSsh> connect) {
    for (var i = 0; i < MANY; i++) {
      var ssh = connect.apply(i);
      ssh.line("SSH-2.0-HalfOpen");
      attackers.add(ssh);
    }
  }

  private void assertServes() {
    gateway.whoami();
  }

  /** A flood of connections is none of lines either. */
  private void assertUnharmed() {
    assertThat(gateway.isAlive()).isTrue();
    assertThat(gateway.log()).doesNotContain("OutOfMemoryError", "[login] alice");
    assertThat(gateway.log().lines().filter(l -> l.contains("[connection-refused]")))
        .hasSizeLessThan(MANY / 10);
  }
}
