package dev.gatehouse.transport;

import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.apache.sshd.common.future.CancelOption;
import org.apache.sshd.common.io.AbstractIoWriteFuture;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way to a socket, and the news of their arrival there. MINA asks for a {@link
 * org.apache.sshd.common.future.DefaultSshFuture}, whatever its interfaces say: it sets one to a
 * failure that is not done in time, and the bytes still go.
 */
final class Write extends AbstractIoWriteFuture {
  private byte @Nullable [] bytes;
  private int from;
  private final int to;

  /** The one before it while it is among the {@link Outbox}'s new ones, then the one after it. */
  @Nullable Write next;

  /**
   * @param id what an error of it is told with
   */
  Write(Object id, byte[] bytes, int from, int length) {
    super(id, null);
    this.bytes = bytes;
    this.from = from;
    this.to = from + length;
  }

  private Write(Object id) {
    super(id, null);
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
    return ByteBuffer.wrap(Objects.requireNonNull(bytes), from, length());
  }

  /** Adds as much of it as there is room for. */
  void copyTo(ByteBuffer out) {
    out.put(Objects.requireNonNull(bytes), from, Math.min(length(), out.remaining()));
  }

  void skip(int written) {
    from += written;
  }

  void written() {
    bytes = null;
    setValue(true);
  }

  void failed(Throwable error) {
    bytes = null;
    setValue(error);
  }

  @Override
  protected @Nullable Object await0(long millis, boolean interruptible, CancelOption... options)
      throws InterruptedIOException {
    var loop = EventLoop.current();
    if (loop != null) {
      loop.flushNow(); // what it waits for would wait for it
    }
    return super.await0(millis, interruptible, options);
  }
}
