package dev.gatehouse.testkit;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import com.pty4j.WinSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;

/** A program in a pseudo-terminal, as a person's terminal window would run it. */
public final class Terminal implements AutoCloseable {
  /** What else may have the terminal open after the program's end is not waited for longer. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final PtyProcess process;
  private final Capture screen;

  private Terminal(PtyProcess process) {
    this.process = process;
    screen = new Capture("screen of " + process.pid(), process.getInputStream());
  }

  public static Terminal open(Program program, int columns, int rows) {
    try {
      return new Terminal(
          new PtyProcessBuilder(program.command().toArray(String[]::new))
              .setEnvironment(program.environment())
              .setDirectory(program.folder().toString())
              .setInitialColumns(columns)
              .setInitialRows(rows)
              .setRedirectErrorStream(true)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void type(String keys) {
    try {
      process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for this on the screen; beware of the echo of what was typed. */
  public MatchResult await(String regex) {
    return screen.await(regex, Poll.PATIENCE);
  }

  public String screen() {
    return screen.text();
  }

  public void resize(int columns, int rows) {
    process.setWinSize(new WinSize(columns, rows));
  }

  /** Ends the program with SIGKILL, so that it cannot say goodbye to anybody. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Waits for the program's end, and for its last words on the screen. */
  public int exit() {
    try {
      if (!process.waitFor(Poll.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("still runs; its screen: " + screen());
      }
      var _ = screen.endsWithin(LAST_WORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted; its screen: " + screen(), e);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    // pty4j's own processes do not know their descendants.
    ProcessHandle.of(process.pid())
        .ifPresent(handle -> handle.descendants().forEach(ProcessHandle::destroyForcibly));
    process.destroyForcibly();
  }
}
