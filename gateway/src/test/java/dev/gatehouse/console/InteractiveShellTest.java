package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.MALLORY;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("it looks at the threads of the whole process")
final class InteractiveShellTest {
  private final ConsoleFixture fixture =
      new ConsoleFixture().withWorkspace(ALICE, "main", "small", State.RUNNING);
  private final Console console = fixture.console();
  private final PtyStreams terminal = new PtyStreams("xterm-256color");

  @AfterEach
  void close() {
    terminal.close();
  }

  private PtyStreams start() throws InterruptedException {
    return terminal.run(console, ALICE, "").await("example.com> ");
  }

  @Test
  void type_command_runsIt() throws Exception {
    start().forget().type("whoami\r").await("machine types").await("example.com> ");
    assertThat(terminal.plainText()).contains("user           alice\n");
    terminal.type("exit\r");
    assertThat(terminal.exit()).isZero();
  }

  /** As help, the documentation and the person's own terminal show it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gate whoami",
        "$ gate whoami",
        "ssh gatehouse gate whoami",
        "$ ssh -t -p 2222 ada@example.com gate whoami"
      })
  void type_lineOfAnotherPrompt_runsItToo(String line) throws Exception {
    start().forget().type(line + "\r").await("machine types");
  }

  @Test
  void type_logout_leaves() throws Exception {
    start().type("logout\r");
    assertThat(terminal.exit()).isZero();
  }

  @Test
  void type_mistake_keepsTheShell() throws Exception {
    start().type("frobnicate\r").await("unknown command").type("whoami\r").await("machine types");
  }

  @Test
  void type_beforeThePrompt_isShownAndRunOnce() throws Exception {
    terminal.type("whoami\r").run(console, ALICE, "").await("machine types").type("exit\r");
    assertThat(terminal.exit()).isZero();
    assertThat(terminal.plainText().split("whoami", -1)).hasSize(2);
  }

  @Test
  void tab_begunWords_completesCommandOptionAndWorkspace() throws Exception {
    start().type("work\t").await("workspace ");
    terminal.type("sta\t").await("start ");
    terminal.type("--no\t").await("--no-wait ");
    terminal.type("mai\t\r").await("Workspace main is starting");
  }

  @Test
  void tab_afterHelp_completesCommands() throws Exception {
    start().type("help workspace sho\t\r").await("Show one workspace and how to connect to it.");
  }

  @Test
  void upArrow_nextSession_hasTheLineOfTheLast() throws Exception {
    start().type("whoami\r").await("machine types").type("exit\r");
    assertThat(terminal.exit()).isZero();

    try (var next = new PtyStreams("xterm-256color")) {
      next.run(console, ALICE, "").await("example.com> ");
      next.type("\u001bOA\u001bOA").await("whoami").type("\r").await("machine types");
    }
  }

  @Test
  void upArrow_otherPerson_hasNothing() throws Exception {
    start().type("whoami\r").await("machine types");
    try (var other = new PtyStreams("xterm-256color")) {
      other.run(console, ConsoleFixture.ROOT, "").await("example.com> ");
      other.type("\u001bOA\u001bOAstatus\r").await("connections");
      assertThat(other.plainText()).doesNotContain("whoami");
    }
  }

  @Test
  void ctrlC_atThePrompt_clearsTheLine() throws Exception {
    start().type("frobnicate").await("frobnicate").forget();
    terminal.type("\u0003").await("example.com> ").type("whoami\r").await("machine types");
    assertThat(terminal.text()).doesNotContain("unknown command");
  }

  @Test
  void ctrlC_duringStart_endsOnlyTheWatching() throws Exception {
    start().type("workspace start gpu\r");
    fixture.workspaces.watched.await();
    fixture.startOf(ALICE, "gpu").step("waiting for a node");
    terminal.await("waiting for a node").forget().type("\u0003");
    terminal.await("the start goes on").await("example.com> ");
    terminal.type("whoami\r").await("machine types");
    assertThat(fixture.startOf(ALICE, "gpu").endpoint().toCompletableFuture()).isNotDone();
  }

  /** Bracketed paste, as every terminal of today does it. */
  @Test
  void paste_severalLines_isShownAndEachIsACommand() throws Exception {
    start().type(pasted("whoami\ngate status\r\n\n")).type("\r").await("Run these 2 commands");
    assertThat(terminal.plainText()).contains("\n  whoami\n  status\n");
    terminal.forget().type("y\r").await("machine types").await("uptime").await("example.com> ");
  }

  @Test
  void paste_severalLinesAndNo_runsNone() throws Exception {
    start().type(pasted("whoami\nstatus")).type("\r").await("Run these 2 commands");
    terminal.forget().type("n\r").await("example.com> ");
    assertThat(terminal.plainText()).doesNotContain("machine types", "uptime");
    terminal.type("whoami\r").await("machine types");
  }

  @Test
  void paste_oneLineWithItsEnd_runsAtEnter() throws Exception {
    start().type(pasted("whoami\n")).type("\r").await("machine types").await("example.com> ");
    assertThat(terminal.plainText()).doesNotContain("Run these");
  }

  @Test
  void paste_exitAmongThem_leavesThere() throws Exception {
    start().type(pasted("whoami\nexit\nstatus")).type("\r").await("Run these 3 commands");
    terminal.type("y\r");
    assertThat(terminal.exit()).isZero();
    assertThat(terminal.plainText()).contains("machine types").doesNotContain("uptime");
  }

  @Test
  void paste_privateKey_isNeitherRunNorRemembered() throws Exception {
    var key = "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----";
    start().type(pasted(key)).type("\r").await("this is a private key").await("example.com> ");
    assertThat(terminal.plainText()).doesNotContain("Run these", "unknown command");
    terminal.forget().type("\u001bOA\r").await("example.com> ");
    assertThat(terminal.plainText()).doesNotContain("c2VjcmV0");
  }

  private static String pasted(String text) {
    return "\u001b[200~" + text + "\u001b[201~";
  }

  @Test
  void ctrlD_leaves() throws Exception {
    start().type("\u0004");
    assertThat(terminal.exit()).isZero();
  }

  @Test
  void endOfInput_afterCommands_runsThemAndLeaves() throws Exception {
    terminal.type("whoami\rstatus\r").end();
    terminal.run(console, ALICE, "");
    assertThat(terminal.exit()).isZero();
    assertThat(terminal.plainText()).contains("machine types", "uptime");
  }

  /** TERM of a shell in Emacs. */
  @Test
  void dumbTerminal_greeting_doesNotPromiseTab() throws Exception {
    try (var dumb = new PtyStreams("dumb")) {
      dumb.run(console, ALICE, "").await("example.com> ");
      assertThat(dumb.plainText()).contains("'help' lists the commands").doesNotContain("TAB");
    }
  }

  @Test
  void dumbTerminal_paste_isTaken() throws Exception {
    try (var dumb = new PtyStreams("dumb")) {
      dumb.run(console, ALICE, "").await("example.com> ");
      dumb.type(pasted("whoami")).type("\r").await("machine types");
      dumb.forget().type(pasted("whoami\nstatus")).type("\r").await("Run these 2 commands");
      dumb.type("y\r").await("machine types").await("uptime");
      assertThat(dumb.plainText()).doesNotContain("200~", "unknown command");
    }
  }

  @Test
  void exit_whileClientStays_leavesNoThread(@TempDir Path folder) throws Exception {
    start();
    assertThat(threads(folder.resolve("before"))).contains("console-input", "console-window");
    terminal.type("exit\r");
    assertThat(terminal.exit()).isZero();
    assertThat(threads(folder.resolve("after"))).doesNotContain("console-");
  }

  @Test
  void disconnect_atThePrompt_leavesNoThread(@TempDir Path folder) throws Exception {
    start();
    terminal.vanish();
    assertThat(terminal.exit()).isIn(0, 74);
    assertThat(threads(folder.resolve("after"))).doesNotContain("console-");
  }

  @Test
  void type_endlessLine_endsTheShell() throws Exception {
    var beginningOfLine = "\u0001"; // Costs the editor little, so that the test is quick.
    start().type(beginningOfLine.repeat(5_000));
    assertThat(terminal.exit()).isZero();
  }

  @Test
  void disconnect_duringStart_endsQuietly() throws Exception {
    start().type("workspace start gpu\r");
    fixture.workspaces.watched.await();
    terminal.vanish();
    fixture.startOf(ALICE, "gpu").step("waiting for a node");
    assertThat(terminal.exit()).isEqualTo(74);
  }

  @Test
  void resize_atThePrompt_isFollowed() throws Exception {
    start().resize(24, 24);
    terminal.type("workspace list\r").await("SINCE\u001b[0m\r\n").await("5 min ago");
  }

  /** A thread dump: the only list in which virtual threads stand. */
  private static String threads(Path file) throws IOException {
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
    return Files.readString(file);
  }

  @Test
  void type_onDumbTerminal_sendsNoEscape() throws Exception {
    try (var dumb = new PtyStreams("no-such-term")) {
      dumb.run(console, ALICE, "").await("example.com> ");
      dumb.type("workspace list\r").await("main").type("exit\r");
      assertThat(dumb.exit()).isZero();
      assertThat(dumb.text()).doesNotContain("\u001b");
    }
  }

  @Test
  void type_whereColourIsKnown_coloursTheState() throws Exception {
    start().type("workspace list\r").await("\u001b[32mrunning\u001b[0m");
  }

  @Test
  void run_asDisabledPerson_isRefused() throws Exception {
    terminal.run(console, MALLORY, "").await("account-disabled");
    assertThat(terminal.exit()).isEqualTo(77);
  }
}
