package dev.gatehouse.workspace.local;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Map;
import org.apache.sshd.common.channel.PtyMode;

/**
 * A pseudo-terminal. Closing the master hangs up: the kernel sends SIGHUP to the terminal's
 * session.
 *
 * @param slave the device's path, which the process opens as its controlling terminal
 */
record Pty(Fd master, String slave) implements Closeable {
  /** Rows, columns and the same in pixels, in the order of {@code struct winsize}. */
  record Size(int rows, int columns, int width, int height) {}

  private static final long TIOCSWINSZ = 0x5414;

  static Pty open(Size size, Map<PtyMode, Integer> modes) throws IOException {
    var master = new Fd(Posix.openPtyMaster());
    try {
      var pty = new Pty(master, Posix.unlockedSlaveName(master.number()));
      pty.resize(size);
      // On Linux the master's attributes are the slave's.
      TerminalModes.apply(master.number(), modes);
      return pty;
    } catch (IOException e) {
      master.close();
      throw e;
    }
  }

  /** The kernel tells the foreground process group by SIGWINCH. */
  void resize(Size size) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var winsize =
          arena.allocateFrom(
              JAVA_SHORT,
              (short) size.rows(),
              (short) size.columns(),
              (short) size.width(),
              (short) size.height());
      Posix.ioctl(master.number(), TIOCSWINSZ, winsize);
    }
  }

  @Override
  public void close() {
    master.close();
  }
}
