package dev.gatehouse.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Terminals in a local workspace behave as behind Debian's sshd. */
class LocalTerminalIT extends LocalWorkspaceDriver {

  @Test
  void pty_window_hasSizeAndChanges() throws Exception {
    var session =
        terminal(
            "stty rows 31 cols 77",
            client.ssh(
                endpoint,
                "-tt",
                "alice@workspace",
                "stty size; echo $TERM; trap 'stty size; exit 5' WINCH; touch waits;"
                    + " while :; do sleep 0.05; done"));
    until(() -> Files.exists(home.resolve("waits")));
    session.resize(40, 100);

    assertThat(session.end().out().replace("\r", "")).contains("31 77\n", "40 100\n", "xterm\n");
  }

  @Test
  void pty_modes_areTheClients() throws Exception {
    var result =
        terminal(
                "stty -echo -isig intr ^X erase ^H",
                client.ssh(endpoint, "-tt", "alice@workspace", "stty -a"))
            .end();

    assertThat(result.out()).contains("-echo ", "-isig", "intr = ^X", "erase = ^H");
  }

  @Test
  void pty_shell_isALoginShellOnItsTerminal() throws Exception {
    var result = ssh(List.of("-tt"), "", "shopt login_shell; tty; echo $SSH_TTY; exit 6\n");

    assertThat(result.exit()).isEqualTo(6);
    assertThat(result.out()).containsPattern("login_shell\\s+on").contains("/dev/pts/");
  }

  @Test
  void pty_clientLeaves_sessionIsHungUp() throws Exception {
    var ssh = start(List.of("-tt"), "echo $$ > pid; exec sleep 1000");
    var process = process("pid");

    ssh.destroyForcibly();

    until(() -> !process.isAlive());
  }

  @Test
  void pty_backgroundHoldsTerminal_sessionEndsWithItsLeader() throws Exception {
    var result = ssh(List.of("-tt"), "trap '' HUP; sleep 1000 & echo done; exit 8", "");

    assertThat(result.exit()).isEqualTo(8);
    assertThat(result.out()).contains("done");
  }
}
