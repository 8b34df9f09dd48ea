package dev.gatehouse.workspace.local;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/** A process's standard streams: our ends, and what the process is given. */
sealed interface Stdio extends Closeable {
  /** Where its standard input is written to. */
  Fd input();

  @Override
  void close();

  /** A terminal is all three at once. */
  record Terminal(Pty pty) implements Stdio {
    @Override
    public Fd input() {
      return pty.master();
    }

    @Override
    public void close() {
      pty.close();
    }
  }

  /**
   * Three pipes.
   *
   * @param theirs the process's ends of stdin, stdout and stderr; to be closed here once it has
   *     them
   */
  record Pipes(Fd input, Fd output, Fd error, List<Integer> theirs) implements Stdio {
    static Pipes open() throws IOException {
      var ours = new ArrayList<Integer>();
      var theirs = new ArrayList<Integer>();
      try {
        for (var stream = 0; stream < 3; stream++) {
          var pipe = pipe();
          ours.add(stream == 0 ? pipe[1] : pipe[0]);
          theirs.add(stream == 0 ? pipe[0] : pipe[1]);
        }
        return new Pipes(
            new Fd(ours.get(0)), new Fd(ours.get(1)), new Fd(ours.get(2)), List.copyOf(theirs));
      } catch (IOException e) {
        ours.forEach(Posix::close);
        theirs.forEach(Posix::close);
        throw e;
      }
    }

    private static int[] pipe() throws IOException {
      try (var arena = Arena.ofConfined()) {
        var fds = arena.allocate(JAVA_INT, 2);
        Posix.pipe(fds);
        return fds.toArray(JAVA_INT);
      }
    }

    void closeTheirs() {
      theirs.forEach(Posix::close);
    }

    @Override
    public void close() {
      input.close();
      output.close();
      error.close();
    }
  }
}
