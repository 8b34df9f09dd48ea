package dev.gatehouse.relay;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.key.KeyFile;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Running;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import dev.gatehouse.workspace.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A start succeeded, but what answers at the endpoint is nobody, silent, or somebody else. */
class UnreachableWorkspaceIT {
  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway = StagedGateway.start();
            return gateway;
          });

  @AfterEach
  void letGo() {
    gateway.workspaces().reset();
  }

  @Test
  void exec_nobodyListens_isUnavailable(Laptop laptop) {
    var running = waiting(laptop);
    gateway.workspaces().letGo(endpoint(Ports.free()));
    isUnreachable(running);
  }

  /** Its sshd has died, which the platform does not know yet, and is back a moment later. */
  @Test
  void exec_nobodyListensYet_waitsForIt(Laptop laptop) {
    var running = waiting(laptop);
    gateway.workspaces().letGo(endpoint(Ports.free()));
    gateway.workspaces().awaitAsked(3);
    gateway.workspaces().reset();
    assertThat(running.await().ok().stdout()).isEqualTo("never\n");
  }

  /** Another's machine at the same address must not see anything of the person's session. */
  @Test
  void exec_anotherHostKey_isUnavailableAndNothingIsSentThere(Laptop laptop) {
    var real = gateway.workspaces().sshd().endpoint();
    var other = KeyFile.publicKey(KeyFile.generateEd25519());
    var running = waiting(laptop);
    gateway.workspaces().letGo(new Endpoint(real.address(), real.login(), other));
    isUnreachable(running);
    assertThat(gateway.workspaces().sshd().log()).doesNotContain("Accepted", "ser root");
  }

  @Test
  void exec_certificateIsNotAccepted_isUnavailable(Laptop laptop) {
    var real = gateway.workspaces().sshd().endpoint();
    var running = waiting(laptop);
    gateway.workspaces().letGo(new Endpoint(real.address(), "nosuchuser", real.hostKey()));
    isUnreachable(running);
  }

  @Test
  void exec_endpointHangsUp_isUnavailable(Laptop laptop) {
    try (var rude = Listener.tcp(connection -> {})) {
      var running = waiting(laptop);
      gateway.workspaces().letGo(endpoint(rude.port()));
      isUnreachable(running);
    }
  }

  @Test
  void exec_endpointSpeaksHttp_isUnavailable(Laptop laptop) {
    try (var http =
        Listener.tcp(
            connection -> {
              connection.write(
                  ByteBuffer.wrap(
                      "HTTP/1.1 400 Bad Request\r\n\r\n"
                          .repeat(9000)
                          .getBytes(StandardCharsets.US_ASCII)));
              connection.read(ByteBuffer.allocate(1000));
            })) {
      var running = waiting(laptop);
      gateway.workspaces().letGo(endpoint(http.port()));
      isUnreachable(running);
    }
  }

  /** Both take as long as the login may take, so they wait at the same time. */
  @Test
  void exec_endpointIsSilentOrStopped_isUnavailableInTheEnd(Laptop laptop) {
    try (var silent = Listener.tcp(connection -> connection.read(ByteBuffer.allocate(1 << 20)))) {
      var atSilent = waiting(laptop);
      gateway.workspaces().letGo(endpoint(silent.port()));
      gateway.workspaces().awaitAsked(1);
      gateway.workspaces().reset();
      gateway.workspaces().sshd().freeze();
      try {
        var atStopped = laptop.start(laptop.openssh(HOST, "echo never"));
        isUnreachable(atSilent);
        isUnreachable(atStopped);
      } finally {
        gateway.workspaces().sshd().thaw();
      }
    }
    assertThat(laptop.ssh("echo again").ok().stdout()).isEqualTo("again\n");
  }

  private static Running waiting(Laptop laptop) {
    gateway.workspaces().hold();
    var running = laptop.start(laptop.openssh(HOST, "echo never"));
    gateway.workspaces().awaitAsked(1);
    return running;
  }

  private static Endpoint endpoint(int port) {
    var real = gateway.workspaces().sshd().endpoint();
    return new Endpoint(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        real.login(),
        real.hostKey());
  }

  private static void isUnreachable(Running running) {
    var result = running.await();
    assertThat(result.exit()).isEqualTo(69);
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr())
        .containsPattern(
            "gatehouse: the workspace does not answer at \\S+ \\(workspace-unreachable\\)\n$");
  }
}
