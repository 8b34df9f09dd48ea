package dev.gatehouse.workspace.local;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedChannelException;

/**
 * A file descriptor that one thread reads, one writes and any other may close at any moment. The
 * number goes back to the kernel only when nobody is inside a call, so it can never mean somebody
 * else's file.
 */
final class Fd implements Closeable {
  private static final short POLLIN = 1;
  private static final short POLLOUT = 4;
  private static final int POLLFD_SIZE = 8;

  private final int fd;

  /** An eventfd; readable once the state has changed, and for ever after. */
  private final int wake;

  private int users;
  private boolean closed;
  private boolean lastWords;
  private boolean released;

  Fd(int fd) throws IOException {
    this.fd = fd;
    this.wake = Posix.eventfd();
    Posix.setNonBlocking(fd);
  }

  /** The number, for ioctl and the like while this is open. */
  int number() {
    return fd;
  }

  /** Blocks; -1 at the end, when the terminal was hung up, or when this was closed. */
  int read(byte[] into) throws IOException {
    if (!enter()) {
      return -1;
    }
    try (var arena = Arena.ofConfined()) {
      var buffer = arena.allocate(into.length);
      while (ready(arena, POLLIN)) {
        var n = transfer(() -> Posix.read(fd, buffer));
        if (n == 0) {
          return -1;
        }
        if (n > 0) {
          MemorySegment.copy(buffer, JAVA_BYTE, 0, into, 0, n);
          return n;
        }
      }
      return -1;
    } catch (PosixException e) {
      if (e.errno() == PosixException.EIO) {
        return -1; // what a PTY master answers when the last slave is closed
      }
      throw e;
    } finally {
      leave();
    }
  }

  /** Blocks until all is written. */
  void write(byte[] from, int length) throws IOException {
    if (!enter()) {
      throw new ClosedChannelException();
    }
    try (var arena = Arena.ofConfined()) {
      var rest = arena.allocate(length).copyFrom(MemorySegment.ofArray(from).asSlice(0, length));
      while (rest.byteSize() > 0) {
        if (isOver() || !ready(arena, POLLOUT)) {
          throw new ClosedChannelException();
        }
        var chunk = rest;
        var n = transfer(() -> Posix.write(fd, chunk));
        rest = rest.asSlice(Math.max(n, 0));
      }
    } finally {
      leave();
    }
  }

  /**
   * Nobody who matters will write any more: a reader gets what there is and then the end, even if
   * others hold the other side open.
   */
  synchronized void endAfterLastWords() {
    lastWords = true;
    signal();
  }

  @Override
  public synchronized void close() {
    closed = true;
    signal();
    releaseIfUnused();
  }

  private interface Transfer {
    int run() throws IOException;
  }

  /** -1 when another look is needed. */
  private static int transfer(Transfer transfer) throws IOException {
    try {
      return transfer.run();
    } catch (PosixException e) {
      if (e.errno() == PosixException.EAGAIN) {
        return -1;
      }
      throw e;
    }
  }

  /** Waits for the event; false when there will be none. */
  private boolean ready(Arena arena, short event) throws IOException {
    var fds = arena.allocate(2 * POLLFD_SIZE, 4);
    while (true) {
      boolean last;
      synchronized (this) {
        if (closed) {
          return false;
        }
        last = lastWords;
      }
      fds.fill((byte) 0);
      request(fds, 0, fd, event);
      request(fds, POLLFD_SIZE, wake, POLLIN);
      // The eventfd stays readable, so a last look asks for the first descriptor alone.
      Posix.poll(fds, last ? 1 : 2, last ? 0 : -1);
      if (fds.get(JAVA_SHORT, 6) != 0) {
        return true;
      }
      if (last) {
        return false;
      }
    }
  }

  private static void request(MemorySegment fds, long offset, int fd, short event) {
    fds.set(JAVA_INT, offset, fd);
    fds.set(JAVA_SHORT, offset + 4, event);
  }

  private synchronized boolean isOver() {
    return closed || lastWords;
  }

  private synchronized boolean enter() {
    if (!closed) {
      users++;
    }
    return !closed;
  }

  private synchronized void leave() {
    users--;
    releaseIfUnused();
  }

  private void releaseIfUnused() {
    if (closed && users == 0 && !released) {
      released = true;
      Posix.close(fd);
      Posix.close(wake);
    }
  }

  private void signal() {
    if (released) {
      return;
    }
    try (var arena = Arena.ofConfined()) {
      var one = arena.allocate(8, 8);
      one.set(JAVA_LONG, 0, 1);
      Posix.write(wake, one);
    } catch (IOException e) {
      throw new AssertionError("an eventfd takes a one", e);
    }
  }
}
