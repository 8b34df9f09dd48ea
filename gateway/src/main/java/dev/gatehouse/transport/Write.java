package dev.gatehouse.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.future.CancelOption;
import org.apache.sshd.common.future.SshFutureListener;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes on their way to a socket, and the news of their arrival there. There is one for each
 * packet, which is why it is not one of MINA's: those have a logger, an identifier and a lock each.
 */
final class Write implements IoWriteFuture {
  private static final Logger LOG = LoggerFactory.getLogger(Write.class);

  private final Object id;
  private byte @Nullable [] bytes;
  private int from;
  private final int to;

  /** The one before it while it is among the {@link Outbox}'s new ones, then the one after it. */
  @Nullable Write next;

  private @Nullable Object result;
  private @Nullable Object listeners;

  /**
   * @param id what an error of it is told with
   */
  Write(Object id, byte[] bytes, int from, int length) {
    this.id = id;
    this.bytes = bytes;
    this.from = from;
    this.to = from + length;
  }

  private Write(Object id) {
    this.id = id;
    this.to = 0;
  }

  /** It is written when all before it is, and then the socket is shut for output. */
  static Write end(Object id) {
    return new Write(id);
  }

  boolean isEnd() {
    return bytes == null;
  }

  int length() {
    return to - from;
  }

  ByteBuffer buffer() {
    return ByteBuffer.wrap(Objects.requireNonNull(bytes), from, to - from);
  }

  /** Adds as much of it as there is room for. */
  void copyTo(ByteBuffer out) {
    out.put(Objects.requireNonNull(bytes), from, Math.min(to - from, out.remaining()));
  }

  void skip(int written) {
    from += written;
  }

  void written() {
    complete(true);
  }

  void failed(Throwable error) {
    complete(error);
  }

  private void complete(Object outcome) {
    Object told;
    synchronized (this) {
      if (result != null) {
        return;
      }
      result = outcome;
      bytes = null;
      told = listeners;
      listeners = null;
      notifyAll();
    }
    if (told instanceof List<?> several) {
      several.forEach(this::tell);
    } else if (told != null) {
      tell(told);
    }
  }

  @SuppressWarnings("unchecked")
  private void tell(Object listener) {
    try {
      ThreadUtils.runAsInternal(
          () -> {
            ((SshFutureListener<IoWriteFuture>) listener).operationComplete(this);
            return true;
          });
    } catch (Throwable e) {
      LOG.error("[io-loop-broken] a listener of a write to {} failed", id, e);
    }
  }

  // ---- MINA's ----

  @Override
  public Object getId() {
    return id;
  }

  @Override
  public synchronized boolean isDone() {
    return result != null;
  }

  @Override
  public synchronized boolean isWritten() {
    return Boolean.TRUE.equals(result);
  }

  @Override
  public synchronized @Nullable Throwable getException() {
    return result instanceof Throwable error ? error : null;
  }

  @Override
  @SuppressWarnings("unchecked")
  public IoWriteFuture addListener(SshFutureListener<IoWriteFuture> listener) {
    synchronized (this) {
      if (result == null) {
        if (listeners == null) {
          listeners = listener;
        } else if (listeners instanceof List<?> several) {
          ((List<Object>) several).add(listener);
        } else {
          listeners = new ArrayList<>(List.of(listeners, listener));
        }
        return this;
      }
    }
    tell(listener);
    return this;
  }

  @Override
  public synchronized IoWriteFuture removeListener(SshFutureListener<IoWriteFuture> listener) {
    if (listeners instanceof List<?> several) {
      several.remove(listener);
    } else if (listener.equals(listeners)) {
      listeners = null;
    }
    return this;
  }

  @Override
  public boolean await(long millis, CancelOption... options) throws IOException {
    try {
      return awaitUntil(deadline(millis));
    } catch (InterruptedException e) {
      throw (InterruptedIOException)
          new InterruptedIOException("interrupted while writing to " + id).initCause(e);
    }
  }

  @Override
  public boolean awaitUninterruptibly(long millis, CancelOption... options) {
    var deadline = deadline(millis);
    var interrupted = false;
    try {
      while (true) {
        try {
          return awaitUntil(deadline);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public IoWriteFuture verify(long millis, CancelOption... options) throws IOException {
    if (!await(millis, options)) {
      throw new SshException("not written to %s within %d ms".formatted(id, millis));
    }
    var error = getException();
    if (error != null) {
      throw new SshException("not written to %s: %s".formatted(id, error.getMessage()), error);
    }
    return this;
  }

  private static long deadline(long millis) {
    var longest = TimeUnit.NANOSECONDS.toMillis(Long.MAX_VALUE / 2);
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.min(millis, longest));
  }

  private boolean awaitUntil(long deadline) throws InterruptedException {
    var loop = EventLoop.current();
    if (loop != null) {
      loop.flushNow(); // what it waits for would wait for it
    }
    synchronized (this) {
      for (var left = deadline - System.nanoTime();
          result == null && left > 0;
          left = deadline - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      return result != null;
    }
  }

  @Override
  public String toString() {
    return "Write[%s]".formatted(id);
  }
}
