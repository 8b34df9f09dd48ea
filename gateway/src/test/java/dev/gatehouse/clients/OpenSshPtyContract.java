package dev.gatehouse.clients;

import static dev.gatehouse.testkit.Laptop.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Laptop;
import dev.gatehouse.testkit.Poll;
import dev.gatehouse.testkit.Programs;
import dev.gatehouse.testkit.Terminal;
import java.nio.file.Files;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code ssh host} in a terminal window. */
abstract class OpenSshPtyContract {
  @Test
  void shell_windowIsResized_remoteTerminalFollows(Laptop laptop) {
    var window = shell(laptop);
    window.type("stty size\r");
    window.await("\\b24 80\\r\\n");
    // The client learns of it by a signal, so that what is typed next may well overtake it.
    window.resize(132, 50);
    window.type("until [ \"$(stty size)\" = '50 132' ]; do sleep 0.1; done; echo re''sized\r");
    window.await("resized");
    window.type("exit\r");
    assertThat(window.exit()).isZero();
  }

  @Test
  void fullScreenProgram_windowIsResized_getsSigwinch(Laptop laptop) {
    var window = laptop.terminal(laptop.openssh("-t", HOST, waitingFor("WINCH", "stty size")));
    window.await("up\\r\\n");
    window.resize(101, 33);
    window.await("33 101\\r\\n");
  }

  @Test
  void shell_exitsWithStatus_clientExitsWithIt(Laptop laptop) {
    var window = shell(laptop);
    window.type("exit 7\r");
    assertThat(window.exit()).isEqualTo(7);
  }

  @Test
  void shell_ctrlD_logsOut(Laptop laptop) {
    var window = shell(laptop);
    window.type("\4");
    assertThat(window.exit()).isZero();
    assertThat(window.screen()).contains("Connection to ").contains(" closed.");
  }

  @Test
  void shell_termVariable_isTheClients(Laptop laptop) {
    var window = laptop.terminal(laptop.openssh(HOST).with("TERM", "screen-256color"));
    window.type("echo \"<$TERM>\"\r");
    window.await("<screen-256color>");
  }

  @Test
  void exec_withTerminalOfNoName_hasNoTermVariable(Laptop laptop) {
    var result = laptop.openssh("-tt", HOST, "env | grep -c ^TERM=").with("TERM", "").run("");
    assertThat(result.stdout()).isEqualTo("0\r\n");
  }

  @Test
  void modes_ofTheClientsTerminal_arriveRemotely(Laptop laptop) {
    var ssh = laptop.sshCommand() + " -t " + HOST + " stty -a";
    var modes = "stty erase ^H intr ^G -ixon -echo olcuc; ";
    var window = laptop.terminal(laptop.program("sh", "-c", modes + "exec " + ssh));
    window.exit();
    assertThat(window.screen().toLowerCase(Locale.ROOT))
        .contains("erase = ^h", "intr = ^g", "-ixon", "-echo ", " olcuc");
  }

  @Test
  void ctrlC_whileCommandRuns_commandGetsSigint(Laptop laptop) {
    var window = laptop.terminal(laptop.openssh("-t", HOST, waitingFor("INT", "echo hit; exit 3")));
    window.await("up\\r\\n");
    window.type("\3");
    window.await("hit\\r\\n");
    assertThat(window.exit()).isEqualTo(3);
  }

  @Test
  void client_isKilled_remoteShellIsHungUp(Laptop laptop) {
    var hungUp = laptop.remote().resolve("hungUp");
    var window =
        laptop.terminal(
            laptop.openssh("-t", HOST, waitingFor("HUP", "touch " + hungUp + "; exit")));
    window.await("up\\r\\n");
    window.kill();
    Poll.until("the remote process gets SIGHUP", () -> Files.exists(hungUp));
  }

  @Test
  void client_isDisconnectedByEscape_remoteShellIsHungUp(Laptop laptop) {
    var hungUp = laptop.remote().resolve("hungUp");
    var window =
        laptop.terminal(
            laptop.openssh("-t", HOST, waitingFor("HUP", "touch " + hungUp + "; exit")));
    window.await("up\\r\\n");
    window.type("\r~.");
    assertThat(window.exit()).isEqualTo(255);
    Poll.until("the remote process gets SIGHUP", () -> Files.exists(hungUp));
  }

  @Test
  void break_byEscape_isGranted(Laptop laptop) {
    var window = shell(laptop);
    window.type("\r~B");
    window.type("echo $((40 + 2)); exit 6\r");
    assertThat(window.exit()).isEqualTo(6);
    assertThat(window.screen()).contains("~B").contains("42").doesNotContain("request failed");
  }

  @Test
  void output_ofManyLines_arrivesWhole(Laptop laptop) {
    var window = laptop.terminal(laptop.openssh("-t", HOST, "seq 1 50000"));
    window.exit();
    Poll.until("the last line", () -> window.screen().contains("\n50000\r\n"));
    // A workspace that had to be started first was told of on the line of the first number.
    assertThat(window.screen().lines().filter(line -> line.matches("(\\e\\[K)?\\d+")).count())
        .isEqualTo(50_000);
  }

  @Test
  void exec_withTerminalButStdinFromPipe_hasTerminal(Laptop laptop) {
    var result = laptop.openssh("-tt", HOST, "tty; echo err >&2; exit 9").run("");
    assertThat(result.exit()).isEqualTo(9);
    // With a terminal both streams are one.
    assertThat(result.stdout()).startsWith("/dev/pts/").endsWith("err\r\n");
  }

  @Test
  void password_typedWithoutEcho_staysOffTheScreen(Laptop laptop) {
    var window =
        laptop.terminal(
            laptop.openssh("-t", HOST, "bash -c 'read -sp word: w; echo; echo ${#w} letters'"));
    window.await("word:");
    window.type("sesame\r");
    window.await("6 letters");
    assertThat(window.exit()).isZero();
    assertThat(window.screen()).doesNotContain("sesame");
  }

  /** A login shell that waits for a command. */
  private static Terminal shell(Laptop laptop) {
    Programs.require("stty", "coreutils");
    var window = laptop.terminal(laptop.openssh(HOST));
    // Its own prompt: what is typed before a shell has set up its line editing may get lost.
    window.type("PS1='rea''dy> '\r");
    window.await("ready> ");
    return window;
  }

  /** A command that says {@code up} when its trap is set, and then waits for the signal. */
  private static String waitingFor(String signal, String action) {
    return "bash -c 'trap \"%s\" %s; echo up; for i in {1..300}; do read -t 0.2; done'"
        .formatted(action, signal);
  }
}
