package dev.gatehouse.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.common.future.DefaultCloseFuture;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.jspecify.annotations.Nullable;

/** One connection. It has no buffer of its own, so that an idle one costs next to nothing. */
final class LoopSession extends AbstractCloseable
    implements IoSession, EventLoop.Waiter, Outbox.Owner {
  private static final AtomicLong IDS = new AtomicLong(100);

  private final long id = IDS.incrementAndGet();
  private final LoopService service;
  private final EventLoop loop;
  private final SocketChannel channel;
  private final SocketAddress local;
  private final SocketAddress remote;
  private final @Nullable SocketAddress acceptanceAddress;
  private final Map<Object, Object> attributes = new HashMap<>(4);
  private final AtomicBoolean outputShut = new AtomicBoolean();
  private final Outbox outbox;

  /** What it waits for; changed with this object's lock. */
  private volatile int interest = SelectionKey.OP_READ;

  private volatile boolean lingering;
  private @Nullable SelectionKey key;

  /**
   * @param acceptanceAddress where it was accepted; null if it was not
   */
  LoopSession(
      LoopService service,
      EventLoop loop,
      SocketChannel channel,
      @Nullable SocketAddress acceptanceAddress)
      throws IOException {
    this.service = service;
    this.loop = loop;
    this.channel = channel;
    this.local = channel.getLocalAddress();
    this.remote = channel.getRemoteAddress();
    this.acceptanceAddress = acceptanceAddress;
    this.outbox = new Outbox(channel, this);
  }

  /** Begins to read. */
  void start() throws IOException {
    synchronized (this) {
      key = loop.register(channel, interest, this);
    }
  }

  // ---- on the loop's thread ----

  @Override
  public void ready(int ops) throws Exception {
    if ((ops & SelectionKey.OP_WRITE) != 0) {
      interest(0, SelectionKey.OP_WRITE);
      outbox.writable();
    }
    if ((ops & interest & SelectionKey.OP_READ) != 0) {
      read();
    }
  }

  private void read() throws Exception {
    var input = loop.read(channel);
    if (input == null) {
      close(true);
    } else if (input.available() > 0) {
      service.handler().messageReceived(this, input);
    }
  }

  @Override
  public void failed(Throwable error) {
    broken(error);
  }

  // ---- writing ----

  @Override
  public IoWriteFuture writeBuffer(Buffer buffer) {
    var write = new Write(remote, buffer.array(), buffer.rpos(), buffer.available());
    if (isClosing()) {
      write.failed(new ClosedChannelException());
    } else {
      send(write);
    }
    return write;
  }

  @Override
  public void shutdownOutputStream() {
    if (outputShut.compareAndSet(false, true)) {
      send(Write.end(remote));
    }
  }

  /** A loop has more to write soon; whoever else comes has this only. */
  private void send(Write write) {
    outbox.add(write);
    var current = EventLoop.current();
    if (current == null) {
      outbox.flush();
    } else {
      current.flushLater(outbox);
    }
  }

  @Override
  public void full() {
    interest(SelectionKey.OP_WRITE, 0);
  }

  @Override
  public void broken(Throwable error) {
    if (isOpen() && channel.isOpen()) {
      try {
        service.handler().exceptionCaught(this, error);
      } catch (Throwable e) {
        log.debug("{} is closed: its handler failed", this, e);
      }
    }
    if (!lingering) { // else the last is yet to be written
      close(true);
    }
  }

  // ---- reading ----

  /** What has been read is still handed out. The end of the peer is not seen while it lasts. */
  @Override
  public void suspendRead() {
    interest(0, SelectionKey.OP_READ);
  }

  @Override
  public void resumeRead() {
    if (!lingering) {
      interest(SelectionKey.OP_READ, 0);
    }
  }

  /** Nothing is read any more. Whoever calls this closes it, when the last has been written. */
  void linger() {
    lingering = true;
    suspendRead();
  }

  private synchronized void interest(int more, int less) {
    var before = interest;
    interest = (before & ~less) | more;
    if (key == null || interest == before) {
      return;
    }
    try {
      key.interestOps(interest);
      if (more != 0) {
        loop.wakeUp();
      }
    } catch (CancelledKeyException e) {
      log.trace("{} is closed", this, e);
    }
  }

  // ---- the end ----

  /** When all that waits is written. */
  @Override
  protected CloseFuture doCloseGracefully() {
    var written = new DefaultCloseFuture(remote, futureLock);
    var end = Write.end(remote);
    end.addListener(_ -> written.setClosed());
    send(end);
    return written;
  }

  @Override
  protected void doCloseImmediately() {
    outbox.close();
    closeSocket();
    service.ended(this);
    super.doCloseImmediately();
    try {
      service.handler().sessionClosed(this);
    } catch (Throwable e) {
      log.debug("{}: its handler failed when told of the end", this, e);
    }
    synchronized (attributes) {
      attributes.clear();
    }
  }

  private synchronized void closeSocket() {
    if (lingering && key != null) {
      loop.lingering().close(channel, key);
      key = null; // it is not ours to change any more
    } else {
      EventLoop.closeQuietly(channel);
      loop.wakeUp(); // the kernel keeps the socket until the selector has let go of it
    }
  }

  // ---- what is known of it ----

  @Override
  public long getId() {
    return id;
  }

  @Override
  public @Nullable SocketAddress getAcceptanceAddress() {
    return acceptanceAddress;
  }

  @Override
  public SocketAddress getLocalAddress() {
    return local;
  }

  @Override
  public SocketAddress getRemoteAddress() {
    return remote;
  }

  @Override
  public IoService getService() {
    return service;
  }

  @Override
  public @Nullable Object getAttribute(Object name) {
    synchronized (attributes) {
      return attributes.get(name);
    }
  }

  @Override
  public @Nullable Object setAttribute(Object name, Object value) {
    synchronized (attributes) {
      return attributes.put(name, value);
    }
  }

  @Override
  public @Nullable Object setAttributeIfAbsent(Object name, Object value) {
    synchronized (attributes) {
      return attributes.putIfAbsent(name, value);
    }
  }

  @Override
  public @Nullable Object removeAttribute(Object name) {
    synchronized (attributes) {
      return attributes.remove(name);
    }
  }

  @Override
  public String toString() {
    return "LoopSession[local=%s, remote=%s]".formatted(local, remote);
  }
}
