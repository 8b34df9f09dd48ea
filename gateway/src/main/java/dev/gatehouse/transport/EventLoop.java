package dev.gatehouse.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that waits for many sockets, and serves each that is ready for a moment. */
final class EventLoop implements AutoCloseable {
  /**
   * What is read of one connection before it is the turn of the next: as much as can be decrypted,
   * encrypted and written in a fraction of a millisecond.
   */
  private static final int READ = 64 << 10;

  /** What is written to one connection before it is the turn of the next. */
  static final int WRITE = 256 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
  private static final Duration END = Duration.ofSeconds(5);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Something that waits for a socket. Runs on the loop's thread. */
  interface Waiter {
    /**
     * @param ops of {@link SelectionKey}: what the socket is ready for
     */
    void ready(int ops) throws Exception;

    /** {@link #ready} has thrown this. */
    void failed(Throwable error);
  }

  /** Something that is done later, unless it is cancelled. */
  record Timer(long nanos, Runnable action) {}

  private final Selector selector;
  private final Thread thread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>((a, b) -> Long.signum(a.nanos - b.nanos));
  private final List<Outbox> unwritten = new ArrayList<>();
  private final ByteBuffer in = ByteBuffer.allocateDirect(READ);
  private final ByteBuffer out = ByteBuffer.allocateDirect(WRITE);
  private final Readable input = Readable.readable(in);
  private final Lingering lingering = new Lingering(this);
  private volatile boolean closing;
  private volatile boolean ended;

  EventLoop(String name) throws IOException {
    selector = Selector.open();
    thread = new LoopThread(this, name);
    thread.start();
  }

  /** The loop whose thread this is. */
  static @Nullable EventLoop current() {
    return Thread.currentThread() instanceof LoopThread t ? t.loop : null;
  }

  boolean isCurrent() {
    return Thread.currentThread().equals(thread);
  }

  // ---- from any thread ----

  /**
   * @throws RejectedExecutionException if the loop has ended
   */
  void execute(Runnable task) {
    tasks.add(task);
    if (ended && tasks.remove(task)) {
      throw new RejectedExecutionException(thread.getName() + " has ended");
    }
    wakeUp();
  }

  SelectionKey register(SelectableChannel channel, int ops, Waiter waiter) throws IOException {
    try {
      var key = channel.register(selector, ops, waiter);
      wakeUp();
      return key;
    } catch (ClosedSelectorException e) {
      throw new IOException(thread.getName() + " has ended", e);
    }
  }

  /**
   * Has what was changed of a key, or a closed channel, seen now: without it, at the next event.
   */
  void wakeUp() {
    if (!isCurrent()) {
      selector.wakeup();
    }
  }

  /** For sockets of this loop. */
  Lingering lingering() {
    return lingering;
  }

  /** Ends the thread and waits for that. */
  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    if (!isCurrent()) {
      try {
        if (!thread.join(END)) {
          LOG.warn("[io-loop-blocked] {} has not ended within {}", thread.getName(), END);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  // ---- on the loop's thread ----

  /** Flushes it when what is being done is done, so that many packets go out with one call. */
  void flushLater(Outbox outbox) {
    if (unwritten.isEmpty() || unwritten.getLast() != outbox) {
      unwritten.add(outbox);
    }
  }

  /** Before the thread waits for something in the middle of what it does. */
  void flushNow() {
    for (var i = 0; i < unwritten.size(); i++) { // a flush may add to them
      unwritten.get(i).flush();
    }
    unwritten.clear();
  }

  Timer schedule(Runnable action, Duration delay) {
    var timer = new Timer(System.nanoTime() + delay.toNanos(), action);
    timers.add(timer);
    return timer;
  }

  void cancel(Timer timer) {
    timers.remove(timer);
  }

  /**
   * What has arrived at the socket, valid until the next call; null at its end. May be empty.
   *
   * @throws IOException if the socket is broken
   */
  @Nullable Readable read(SocketChannel channel) throws IOException {
    in.clear();
    var end = channel.read(in) < 0;
    in.flip();
    return end ? null : input;
  }

  /** A buffer to gather in, empty; used up before anything else runs. */
  ByteBuffer out() {
    return out.clear();
  }

  // ---- the thread ----

  /** MINA blocks no thread of its own, and has less to do on it. */
  private void run() {
    try {
      ThreadUtils.runAsInternal(
          () -> {
            serveAll();
            return true;
          });
    } catch (Exception e) {
      throw new AssertionError(e); // nothing there throws
    }
  }

  private void serveAll() {
    while (!closing) {
      try {
        var _ = Thread.interrupted(); // else no select waits any more
        select();
        runTasks();
        runTimers();
      } catch (Throwable e) {
        LOG.error("[io-loop-broken] {} goes on", thread.getName(), e);
        LockSupport.parkNanos(PAUSE_NANOS); // whatever it is, it may come again at once
      }
    }
    end();
  }

  private void select() throws IOException {
    if (tasks.isEmpty()) {
      selector.select(this::serve, millisToNextTimer());
    } else {
      selector.selectNow(this::serve);
    }
  }

  /** 0 if there is none. */
  private long millisToNextTimer() {
    var next = timers.peek();
    return next == null
        ? 0
        : Math.max(1, TimeUnit.NANOSECONDS.toMillis(next.nanos - System.nanoTime()) + 1);
  }

  private void serve(SelectionKey key) {
    var waiter = (Waiter) key.attachment();
    try {
      waiter.ready(key.readyOps());
    } catch (CancelledKeyException e) {
      LOG.trace("closed meanwhile", e);
    } catch (Throwable e) {
      guard(() -> waiter.failed(e));
    }
    guard(this::flushNow);
  }

  private void runTasks() {
    for (var left = tasks.size(); left > 0; left--) { // not those that they add
      var task = tasks.poll();
      if (task != null) {
        guard(task);
        guard(this::flushNow);
      }
    }
  }

  private void runTimers() {
    for (var timer = timers.peek();
        timer != null && timer.nanos - System.nanoTime() <= 0;
        timer = timers.peek()) {
      timers.remove();
      guard(timer.action);
      guard(this::flushNow);
    }
  }

  /** Nothing that one connection does may stop the others. */
  private static void guard(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) {
      LOG.error("[io-loop-broken] something that was to be done is not", e);
    }
  }

  private void end() {
    ended = true;
    for (var task = tasks.poll(); task != null; task = tasks.poll()) {
      guard(task);
    }
    for (var key : selector.keys()) {
      guard(() -> ((Waiter) key.attachment()).failed(new ClosedChannelException()));
      closeQuietly(key.channel());
    }
    closeQuietly(selector);
  }

  /** What is closed here is of no use any more, whether that fails or not. */
  static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.debug("cannot close {}", resource, e);
    }
  }

  /** Lets go of sockets that were closed: before that, the kernel keeps their addresses. */
  void forgetClosed() throws IOException {
    selector.selectNow(_ -> {});
  }

  private static final class LoopThread extends Thread {
    private final EventLoop loop;

    LoopThread(EventLoop loop, String name) {
      super(loop::run, name);
      this.loop = loop;
      setDaemon(true);
    }
  }
}
