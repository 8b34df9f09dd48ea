package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Dial;
import dev.gatehouse.testkit.Folders;
import dev.gatehouse.testkit.Listener;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Ports;
import dev.gatehouse.testkit.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code gatehouse try} as somebody meets it who pastes what it prints. */
final class TryIT {
  private static TryHome home;
  private static TryGateway gateway;

  /** One for all tests, with names that a shell and ssh_config would each take apart. */
  @BeforeAll
  static void start() {
    home = new TryHome("the home's", "a \"state\" it's 100%h of");
    gateway = home.start();
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
    }
    home.close();
  }

  @Test
  void shell_pastedInTerminal_isOneInTheWorkspace() {
    try (var terminal = gateway.shell()) {
      terminal.type("echo $((40 + 2)) $(pwd) on $(tty); exit 3\r");
      terminal.await("42 .*/homes/\\S+ on /dev/pts/\\d+");
      assertThat(terminal.exit()).isEqualTo(3);
    }
  }

  @Test
  void command_behindPastedLine_givesOutputAndStatus() {
    var result = gateway.ssh("'cat; echo error >&2; exit 7'").run("some input\n");
    assertThat(result.exit()).isEqualTo(7);
    assertThat(result.stdout()).isEqualTo("some input\n");
    assertThat(result.stderr()).isEqualTo("error\n");
  }

  @Test
  void help_pasted_listsCommands() {
    assertThat(gateway.paste(gateway.helpCommand()).run().ok().stdout()).contains("whoami");
  }

  @Test
  void whoami_ofWhoStartedIt_saysAdministrator() {
    assertThat(gateway.whoami())
        .containsPattern("user\\s+" + System.getProperty("user.name"))
        .containsPattern("administrator\\s+yes");
  }

  @Test
  void tunnel_pasted_reachesService() {
    var near = Ports.free();
    try (var service = Listener.tcp(Services::echo)) {
      var printed = gateway.tunnelCommand();
      assertThat(printed).contains("-L 8888:localhost:8888");
      // Port 8888 may be taken on this machine, on which the workspaces are too.
      var line = printed.replace("8888:localhost:8888", near + ":localhost:" + service.port());
      try (var ssh = gateway.paste(line + " cat").typed().start()) {
        // Whoever looks whether a port is free takes it for a moment, and ssh finds it taken.
        Poll.until("a tunnel", () -> Dial.tcp(near).exchange("ping").equals("ping"));
        ssh.endInput();
        assertThat(ssh.await().exit()).isZero();
      }
    }
  }

  /** As ssh and every other program; Java's own way is the account's entry in passwd. */
  @Test
  void start_withHome_keepsStateBelowIt() {
    try (var other = new TryHome();
        var second = TryGateway.start(other, other.gatehouse("try", "--port", "0"))) {
      assertThat(second.shellCommand())
          .isEqualTo("ssh -F %s/.local/state/gatehouse/ssh_config gatehouse", other.home());
    }
  }

  @Test
  void welcome_atStart_saysOnceThatTheMachineIsShared() {
    assertThat(gateway.screen()).containsOnlyOnce("processes of yours on this machine");
    assertThat(gateway.screen()).containsOnlyOnce("no protection from each other");
  }

  @Test
  void stateFolder_afterLogin_isClosedToOthers() throws IOException {
    gateway.ssh("true").run().ok();
    gateway.awaitRsaHostKey();
    for (var file : home.stateFiles()) {
      var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      assertThat(mode)
          .as(file.toString())
          .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
    }
    assertThat(home.stateNames()).contains("host_key", "ssh_host_rsa_key", "user_ca_key");
  }

  @Test
  void log_afterLogin_holdsNoPrivateKey() {
    gateway.ssh("true").run().ok();
    gateway.awaitRsaHostKey();
    assertThat(gateway.log()).contains("[login]");
    var said = gateway.log() + gateway.screen();
    assertThat(said).doesNotContain("PRIVATE KEY");
    for (var file : home.stateFiles()) {
      if (file.toString().endsWith("_key") || file.endsWith("id_ed25519")) {
        assertThat(said).doesNotContain(Folders.read(file).lines().skip(1).limit(3).toList());
      }
    }
  }
}
