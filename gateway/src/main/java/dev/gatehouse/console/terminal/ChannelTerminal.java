package dev.gatehouse.console.terminal;

import dev.gatehouse.console.view.Screen;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;

/**
 * JLine's terminal on a channel. Two virtual threads belong to it and end with it: one passes input
 * on, since Ctrl-C must be seen while a command runs and nobody reads; one follows the window,
 * since the I/O thread that tells of a change may not draw. JLine's own {@code ExternalTerminal}
 * has a platform thread for the first, and throws away what was typed ahead when the input ends.
 */
public final class ChannelTerminal extends LineDisciplineTerminal {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /**
   * In bytes, as long as the kernel's for a terminal. The editor's work grows with a line's square:
   * 20,000 characters keep a processor busy for more than 20 seconds.
   */
  private static final int LONGEST_LINE = 4096;

  private static final byte CTRL_C = 3;
  private static final int MOST_COLUMNS = 500;
  private static final int MOST_ROWS = 500;
  private static final Size UNKNOWN = Size.of(80, 24);

  private final ConsoleStreams streams;
  private final ConsoleStreams.Pty pty;
  private final TerminalType kind;
  private volatile boolean keystrokes;
  private final Semaphore resized = new Semaphore(0);
  private volatile boolean isClosed;
  private final Thread input = Thread.ofVirtual().name("console-input").unstarted(this::pump);
  private final Thread window = Thread.ofVirtual().name("console-window").unstarted(this::follow);

  private ChannelTerminal(ConsoleStreams streams, ConsoleStreams.Pty pty, TerminalType kind)
      throws IOException {
    super(
        "console",
        kind.jline(),
        new BufferedOutputStream(new Unclosed(streams.out())),
        StandardCharsets.UTF_8);
    this.streams = streams;
    this.pty = pty;
    this.kind = kind;
  }

  public static ChannelTerminal open(ConsoleStreams streams, ConsoleStreams.Pty pty)
      throws IOException {
    var terminal = new ChannelTerminal(streams, pty, TerminalType.of(pty.term()));
    var attributes = terminal.getAttributes();
    // What is typed before the first prompt is shown by the editor: an echo would show it twice.
    attributes.setLocalFlag(LocalFlag.ECHO, false);
    terminal.setAttributes(attributes);
    terminal.setSize(size(pty.size()));
    pty.onResize(terminal::resize);
    terminal.input.start();
    terminal.window.start();
    return terminal;
  }

  public Screen screen() {
    var colour = kind.colour() && !streams.noColor();
    var look =
        new Screen.Look(
            true, kind.live(), colour, () -> getSize().getColumns(), () -> getSize().getRows());
    return new Screen(output(), output(), look);
  }

  /** Does something that takes keys one by one: they form no line that could be too long. */
  <T> T withKeystrokes(Supplier<T> what) {
    keystrokes = true;
    try {
      return what.get();
    } finally {
      keystrokes = false;
    }
  }

  /** Nothing is asked of the client's terminal that it would answer into the person's input. */
  @Override
  public boolean supportsGraphemeClusterMode() {
    return false;
  }

  @Override
  protected void doClose() throws IOException {
    isClosed = true;
    input.interrupt();
    window.interrupt();
    super.doClose();
    try {
      input.join(PATIENCE);
      window.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pump() {
    var buffer = new byte[1024];
    var line = 0;
    try {
      for (int n; line < LONGEST_LINE && (n = streams.in().read(buffer)) >= 0; ) {
        line = keystrokes || endsLine(buffer, n) ? 0 : line + n;
        processInputBytes(buffer, 0, n);
      }
    } catch (IOException e) {
      // The client has gone, or this terminal is closed: input ends in both cases.
    } finally {
      slaveInput.closeWriter();
    }
  }

  private static boolean endsLine(byte[] buffer, int length) {
    for (var i = 0; i < length; i++) {
      if (buffer[i] == '\r' || buffer[i] == '\n' || buffer[i] == CTRL_C) {
        return true;
      }
    }
    return false;
  }

  private void resize() {
    setSize(size(pty.size()));
    resized.release();
  }

  private void follow() {
    try {
      // What is raised may take the interruption for its own, so it is not enough to wait for one.
      while (!isClosed) {
        resized.acquire();
        resized.drainPermits();
        raise(Signal.WINCH);
      }
    } catch (InterruptedException e) {
      // The terminal is closed.
    }
  }

  private static Size size(ConsoleStreams.Pty.Size size) {
    return Size.of(
        size.columns() < 1 ? UNKNOWN.getColumns() : Math.min(size.columns(), MOST_COLUMNS),
        size.rows() < 1 ? UNKNOWN.getRows() : Math.min(size.rows(), MOST_ROWS));
  }

  /** Closing the terminal must leave the channel open for its exit status. */
  private static final class Unclosed extends OutputStream {
    private final OutputStream out;

    Unclosed(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
