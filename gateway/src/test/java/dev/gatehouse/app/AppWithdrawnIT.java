package dev.gatehouse.app;

import static dev.gatehouse.testkit.Laptop.HOST;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Dial;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Running;
import dev.gatehouse.testkit.Services;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Apps come and go, and rights to them, while people are connected: a tunnel ends within seconds,
 * and the connection that it is on goes on.
 */
@Execution(ExecutionMode.SAME_THREAD)
class AppWithdrawnIT {
  /** Open until the JVM ends, for a class that is run again. */
  private static final Listener ECHO = Listener.tcp(Services::echo);

  private static final String WITHOUT =
      """
      gateway: {port: 0}
      login: {recheckInterval: 1s}
      directory: {administrators: admins}
      """;
  private static final String WITH =
      WITHOUT
          + "apps: {web: {host: 127.0.0.1, ports: [%d], groups: [lab]}}\n".formatted(ECHO.port());

  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway = StagedGateway.start(WITH, People.of("alice").add("bob", "lab"));
            return gateway;
          });

  @AfterEach
  void restore(Laptop laptop) {
    gateway.people().setGroups("bob", "lab");
    gateway.redefine(WITH);
  }

  /** A connection with a session and a tunnel. */
  private record Connected(Running ssh, Dial tunnel) {
    static Connected as(String name, Laptop laptop) {
      var port = Ports.free();
      var ssh =
          laptop.start(
              laptop
                  .openssh("-l", name, "-i", gateway.people().identity(name).toString())
                  .and("-L", "%d:web:%d".formatted(port, ECHO.port()), HOST, "echo ready; cat")
                  .typed());
      ssh.awaitStdout("ready");
      return new Connected(ssh, Dial.tcp(port));
    }

    SocketChannel open() throws IOException {
      var connection = tunnel.connect();
      connection.write(ByteBuffer.wrap("x".getBytes(US_ASCII)));
      assertThat(connection.read(ByteBuffer.allocate(1))).isEqualTo(1);
      return connection;
    }

    void isRefused(String why) {
      assertThat(tunnel.listen()).isEmpty();
      ssh.awaitStderr(Pattern.quote(why));
    }

    void goesOn() {
      ssh.type("still there\n");
      ssh.awaitStdout("still there");
    }
  }

  @Test
  void group_isLost_endsTheTunnelAndNewOnesAreDenied(Laptop laptop) throws IOException {
    var bob = Connected.as("bob", laptop);
    try (var open = bob.open()) {
      gateway.people().setGroups("bob");
      assertThat(open.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
    bob.isRefused("app web is for the groups lab");
    bob.goesOn();
  }

  @Test
  void group_isGiven_opensTheAppWithoutAnotherLogin(Laptop laptop) throws IOException {
    gateway.people().setGroups("bob");
    var bob = Connected.as("bob", laptop);
    bob.isRefused("app web is for the groups lab");
    gateway.people().setGroups("bob", "lab");
    Poll.until("it is reached", () -> bob.tunnel().exchange("y").equals("y"));
    bob.goesOn();
  }

  @Test
  void app_isNoLongerDefined_endsTheTunnel(Laptop laptop) throws IOException {
    var bob = Connected.as("bob", laptop);
    try (var open = bob.open()) {
      gateway.redefine(WITHOUT);
      assertThat(open.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
    bob.goesOn();
  }

  @Test
  void app_isDefinedLater_isReachedOnTheSameConnection(Laptop laptop) {
    gateway.redefine(WITHOUT);
    var bob = Connected.as("bob", laptop);
    assertThat(bob.tunnel().listen()).as("the workspace knows no such host").isEmpty();
    gateway.redefine(WITH);
    assertThat(bob.tunnel().exchange("y")).isEqualTo("y");
    bob.goesOn();
  }

  @Test
  void definition_changesOtherwise_leavesTheTunnel(Laptop laptop) throws IOException {
    var bob = Connected.as("bob", laptop);
    try (var open = bob.open()) {
      gateway.redefine(WITH.replace("admins", "others"));
      var before = gateway.rounds();
      Poll.until("two rounds", () -> gateway.rounds() >= before + 2);
      open.write(ByteBuffer.wrap("z".getBytes(US_ASCII)));
      assertThat(open.read(ByteBuffer.allocate(1))).isEqualTo(1);
    }
  }
}
