package dev.gatehouse.relay;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Dial;
import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.LocalTarget;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.TargetFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Somebody stops a workspace to save money, and the IDE that they forgot to close has it running
 * again within seconds: so only a person brings it back.
 */
class HeldWorkspaceIT {
  private static final String HELD =
      "workspace main stays stopped until you start it: log in with ssh -t,"
          + " or gate workspace start main (workspace-held)";

  @RegisterExtension
  static final TargetFixture TARGET =
      TargetFixture.of(() -> LocalTarget.start("gateway: {port: 0}"));

  @BeforeEach
  void stop(Laptop laptop) {
    laptop.ssh("gate workspace start").ok();
    laptop.ssh("true").ok();
    laptop.ssh("gate workspace stop").ok();
  }

  @Test
  void exec_isRefusedWithTheWayOut(Laptop laptop) {
    for (var i = 0; i < 2; i++) {
      var result = laptop.ssh("echo never");
      assertThat(result.exit()).isEqualTo(77);
      assertThat(result.stderr()).isEqualTo("gatehouse: " + HELD + "\n");
      assertThat(result.stdout()).isEmpty();
    }
    assertThat(laptop.ssh("gate workspace show").ok().stdout()).contains("state\tstopped");
  }

  @Test
  void shellWithoutTerminal_isRefused(Laptop laptop) {
    assertThat(laptop.openssh("-T", HOST).run("echo never\n").exit()).isEqualTo(77);
  }

  @Test
  void sftp_isRefused(Laptop laptop) {
    var result = laptop.openssh("-s", HOST, "sftp").run();
    assertThat(result.exit()).isEqualTo(77);
    assertThat(result.stderr()).contains(HELD);
  }

  @Test
  void sftp_withATerminal_isRefused(Laptop laptop) {
    assertThat(laptop.openssh("-tts", HOST, "sftp").run().exit()).isEqualTo(77);
  }

  @Test
  void tunnel_isRefusedWithTheReason(Laptop laptop) {
    var port = Ports.free();
    var ssh = laptop.start(laptop.openssh("-vN", "-L", port + ":127.0.0.1:1", HOST));
    ssh.awaitStderr("Local forwarding listening on 127.0.0.1");
    Dial.tcp(port).listen();
    ssh.awaitStderr("open failed: connect failed: gatehouse: .*\\(workspace-held\\)");
  }

  @Test
  void terminal_bringsItBackForEverybody(Laptop laptop) {
    var window = laptop.terminal(laptop.openssh("-t", HOST, "echo back"));
    assertThat(window.exit()).isZero();
    assertThat(window.screen()).contains("back");
    assertThat(laptop.ssh("echo too").ok().stdout()).isEqualTo("too\n");
  }

  @Test
  void gateWorkspaceStart_bringsItBack(Laptop laptop) {
    laptop.ssh("gate workspace start").ok();
    assertThat(laptop.ssh("echo back").ok().stdout()).isEqualTo("back\n");
  }
}
