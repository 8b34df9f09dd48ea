package dev.gatehouse.transport;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one socket, in the order in which it was added. Any thread adds and
 * flushes; one at a time writes, and the others only leave word that there is more. No lock is held
 * while bytes are written or a future's listeners are told.
 */
final class Outbox {
  /** Whom it tells. */
  interface Owner {
    /** {@link #writable} is to be called when the socket takes more and others had their turn. */
    void full();

    void broken(Throwable error);
  }

  private final SocketChannel channel;
  private final Owner owner;

  /** The newest first. */
  private final AtomicReference<@Nullable Write> added = new AtomicReference<>();

  private final AtomicInteger flushing = new AtomicInteger();

  /** Those that the thread that writes has taken over, the oldest first. */
  private @Nullable Write first;

  private @Nullable Write last;

  /** How much it has written since it came. */
  private int turn;

  /** Not to be written to: the socket takes no more, or it is the turn of others. */
  private volatile boolean full;

  private volatile boolean closed;

  Outbox(SocketChannel channel, Owner owner) {
    this.channel = channel;
    this.owner = owner;
  }

  void add(Write write) {
    do {
      write.next = added.get();
    } while (!added.compareAndSet(write.next, write));
  }

  void writable() {
    full = false;
    flush();
  }

  /** From now on all that waits or is added fails. */
  void close() {
    closed = true;
    flush();
  }

  /** Writes what there is. */
  void flush() {
    if (flushing.getAndIncrement() != 0) {
      return;
    }
    turn = 0;
    var missed = 1;
    do {
      writeAll();
      missed = flushing.addAndGet(-missed);
    } while (missed != 0);
  }

  private void writeAll() {
    for (var write = oldest(); write != null && mayWrite(); write = oldest()) {
      try {
        if (closed) {
          throw new ClosedChannelException();
        } else if (write.isEnd()) {
          channel.shutdownOutput();
          removeFirst().written();
        } else {
          writeSome(write);
        }
      } catch (IOException | RuntimeException e) {
        fail(e);
        owner.broken(e);
      }
    }
  }

  /** One that is closed takes everything, to fail it. */
  private boolean mayWrite() {
    return !full || closed;
  }

  private void writeSome(Write oldest) throws IOException {
    var loop = EventLoop.current();
    var out = loop == null ? oldest.buffer() : loop.out();
    if (loop != null) {
      for (var write = oldest;
          write != null && !write.isEnd() && out.hasRemaining();
          write = write.next) {
        write.copyTo(out);
      }
      out.flip();
    }
    var length = out.remaining();
    var written = channel.write(out);
    taken(written);
    turn += written;
    if (written < length || (turn >= EventLoop.WRITE && oldest() != null)) {
      full = true;
      owner.full();
    }
  }

  private void taken(int written) {
    var left = written;
    for (var write = first;
        write != null && !write.isEnd() && left >= write.length();
        write = first) {
      left -= write.length();
      removeFirst().written();
    }
    if (first != null) {
      first.skip(left);
    }
  }

  private void fail(Throwable error) {
    while (first != null) {
      removeFirst().failed(error);
    }
  }

  private Write removeFirst() {
    var write = Objects.requireNonNull(first);
    first = write.next;
    write.next = null;
    if (first == null) {
      last = null;
    }
    return write;
  }

  /** After what was added has joined the queue. */
  private @Nullable Write oldest() {
    var newest = added.get() == null ? null : added.getAndSet(null);
    if (newest != null) {
      var oldest = reversed(newest);
      if (last == null) {
        first = oldest;
      } else {
        last.next = oldest;
      }
      last = newest;
    }
    return first;
  }

  private static Write reversed(Write newest) {
    Write after = null;
    for (Write write = newest, before; ; write = before) {
      before = write.next;
      write.next = after;
      if (before == null) {
        return write;
      }
      after = write;
    }
  }
}
