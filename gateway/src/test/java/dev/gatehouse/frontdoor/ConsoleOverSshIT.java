package dev.gatehouse.frontdoor;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_CLOSE;
import static org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.People;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.StagedGateway;
import dev.gatehouse.testkit.TargetFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code ssh host gate …}: a session that ends inside the gateway; and what is said before. */
class ConsoleOverSshIT {
  private static final String DEFINITION =
      """
      gateway:
        port: 0
        banner: |
          For authorised people only.
          See https://example.com/terms or file:/etc/passwd
      """;

  private static StagedGateway gateway;

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(
          () -> {
            gateway = StagedGateway.start(DEFINITION, People.of("alice"));
            return gateway;
          });

  @Test
  void banner_ofTwoLinesWithAnAddress_isShownAsItStands(Laptop laptop) {
    var result = laptop.ssh("gate whoami").ok();
    assertThat(result.stderr())
        .isEqualTo(
            "For authorised people only.\nSee https://example.com/terms or file:/etc/passwd\n");
    assertThat(result.stdout()).doesNotContain("authorised");
  }

  @Test
  void banner_whoMayNotLogIn_seesItToo(Laptop laptop) {
    var result = laptop.openssh("-l", "nobody", HOST, "true").run();
    assertThat(result.stderr()).startsWith("For authorised people only.\n");
  }

  @Test
  void exec_gate_neverStartsAWorkspace(Laptop laptop) {
    gateway.workspaces().hold();
    assertThat(laptop.ssh("gate whoami").ok().stdout()).contains("alice");
    assertThat(laptop.ssh("gate nosuch").exit()).isEqualTo(64);
    assertThat(laptop.openssh("-l", "alice+gate", HOST, "whoami").run().ok().stdout())
        .contains("alice");
    assertThat(gateway.workspaces().asked()).isZero();
    gateway.workspaces().reset();
  }

  @Test
  void exec_onTerminal_runsOneCommand(Laptop laptop) {
    var window = laptop.terminal(laptop.openssh("-t", HOST, "gate whoami"));
    assertThat(window.exit()).isZero();
    assertThat(window.screen()).contains("alice").contains("\r\n");
  }

  @Test
  void console_isTypedInto_answersAndLeaves(Laptop laptop) {
    var window = laptop.terminal(laptop.openssh("-t", HOST, "gate"));
    window.await("gatehouse> ");
    window.type("whoami\r");
    window.await("alice");
    window.type("\4");
    assertThat(window.exit()).isZero();
  }

  @Test
  void console_consoleLoginWantsATunnel_isRefused(Laptop laptop) {
    var ssh = laptop.openssh("-W", "127.0.0.1:1", "-l", "alice+gate", HOST).run();
    assertThat(ssh.exit()).isEqualTo(255);
    assertThat(ssh.stderr()).contains("has no workspace (console-only)");
  }

  /** The window lets a few bytes pass at a time, down to one. */
  @Test
  void output_readerIsSlow_arrivesWhole(Laptop laptop) {
    var whole = laptop.ssh("gate help").ok().stdout();
    try (var client = RawClient.login(gateway)) {
      var channel = client.openSession(1);
      client.exec(channel, "gate help");
      var received = new StringBuilder();
      while (received.length() < whole.length()) {
        var data = client.await(SSH_MSG_CHANNEL_DATA).fields();
        data.getUInt();
        var bytes = data.getBytes();
        received.append(new String(bytes, StandardCharsets.UTF_8));
        client.push(client.windowAdjust(channel, received.length() % 7 == 0 ? 1 : 40));
      }
      client.await(SSH_MSG_CHANNEL_CLOSE);
      assertThat(received.toString()).isEqualTo(whole);
    }
  }

  @Test
  void client_goesWhileAProgramWritesOrReads_noThreadIsLeft(Laptop laptop) {
    for (var command : new String[] {"gate help", "gate"}) {
      try (var client = RawClient.login(gateway)) {
        var channel = client.openSession(command.equals("gate") ? RawClient.LARGE_WINDOW : 1);
        var pty = client.request(channel, "pty-req", false);
        pty.putString("xterm");
        pty.putUInt(80);
        pty.putUInt(24);
        pty.putUInt(0);
        pty.putUInt(0);
        pty.putString("\0");
        client.send(pty);
        client.exec(channel, command);
        client.await(SSH_MSG_CHANNEL_DATA);
        // The person drags the corner of their window, and their terminal takes no more output.
        for (var i = 0; i < 100; i++) {
          var change = client.request(channel, "window-change", false);
          change.putUInt(60 + i);
          change.putUInt(24);
          change.putUInt(0);
          change.putUInt(0);
          client.send(change);
        }
      }
    }
    gateway.awaitNobody();
    Poll.until(
        () -> "threads left: " + localThreads(), Poll.PATIENCE, () -> localThreads().isEmpty());
  }

  /** Virtual threads are in a thread dump only. */
  private static String localThreads() {
    try {
      var file = Files.createTempFile("gh", ".dump");
      Files.delete(file);
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
      try (var lines = Files.lines(file)) {
        return lines
            .filter(line -> line.contains("gateway-program-") || line.contains("\"console-"))
            .reduce("", String::concat);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
