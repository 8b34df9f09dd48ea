package dev.gatehouse.console;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A person in the console asks the libraries for the gateway's own files: picocli reads the
 * arguments in FILE for {@code @FILE}, and JLine's editor has ^X^E, which opens nano, which opens
 * anything.
 */
final class ServerFilesTest {
  private final ConsoleFixture fixture = new ConsoleFixture();

  @Test
  void run_atFile_isNotRead(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("args"), "--json");
    fixture.table = AdminProbe.TABLE;
    var outcome = fixture.gate(ROOT, "probe run @" + file);
    assertThat(outcome.out()).isEqualTo("Done.\n");
    assertThat(fixture.gate(ALICE, "whoami @" + file).exit()).isEqualTo(64);
  }

  @Test
  void ctrlXctrlE_atThePrompt_opensNoEditor() throws Exception {
    try (var terminal = new PtyStreams("xterm-256color")) {
      terminal.run(fixture.console(), ALICE, "").await("example.com> ");
      terminal.type("\u0018\u0005whoami\r").await("machine types").forget();
      terminal.type("\u001bxedit-and-execute-command\r\u0003whoami\r").await("machine types");
      assertThat(terminal.text()).doesNotContainIgnoringCase("nano", "\u001b[?1049h");
    }
  }
}
