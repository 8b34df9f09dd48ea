package dev.gatehouse.workspace;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.concurrent.TimeUnit;

/** A program on a terminal of its own, such as an ssh that a person types. */
final class TerminalSession {
  private static final int PATIENCE_SECONDS = 60;

  private final PtyProcess process;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final Thread reader;

  private TerminalSession(PtyProcess process) {
    this.process = process;
    this.reader = Thread.ofPlatform().daemon().name("test-terminal").start(this::read);
  }

  /** Starts a shell command on a new terminal. */
  static TerminalSession start(String command, Path folder) throws IOException {
    var process =
        new PtyProcessBuilder(new String[] {"/bin/sh", "-c", command})
            .setEnvironment(new HashMap<>(System.getenv()))
            .setDirectory(folder.toString())
            .start();
    return new TerminalSession(process);
  }

  void resize(int rows, int columns) {
    process.setWinSize(new WinSize(columns, rows));
  }

  /** Waits for the end of the program. */
  SshClient.Result end() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the program on the terminal does not end: " + output);
    }
    reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    return new SshClient.Result(
        process.exitValue(), output.toString(StandardCharsets.ISO_8859_1), "");
  }

  private void read() {
    try {
      process.getInputStream().transferTo(output);
    } catch (IOException e) {
      // a terminal whose program has ended
    }
  }
}
