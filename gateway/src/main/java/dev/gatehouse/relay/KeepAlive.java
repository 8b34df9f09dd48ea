package dev.gatehouse.relay;

import dev.gatehouse.cluster.Limits.ClientAlive;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a silent peer whether it is there (ClientAliveInterval, ClientAliveCountMax). Guarded by the
 * relay's lock.
 */
final class KeepAlive {
  /** What is done about the peer. */
  interface Peer {
    /** Whether there is one to ask. */
    boolean isThere();

    /** Whether a word of it would be heard; not while too much waits to be written. */
    boolean isRead();

    void ask();

    void dead();
  }

  /** Runs something later, with the lock held, unless that is cancelled. */
  interface Timer {
    Future<?> schedule(Relay.Step step, long delay, TimeUnit unit);
  }

  private final Timer timer;
  private final LongSupplier nanoTime;
  private final long interval;
  private final int countMax;
  private final Peer peer;
  private long since;
  private int unanswered;
  private @Nullable Future<?> next;

  KeepAlive(Timer timer, LongSupplier nanoTime, ClientAlive limits, Peer peer) {
    this.timer = timer;
    this.nanoTime = nanoTime;
    this.since = nanoTime.getAsLong();
    this.interval = limits.interval().toNanos();
    this.countMax = limits.countMax();
    this.peer = peer;
  }

  void start() {
    if (interval > 0) {
      lookAfter(interval);
    }
  }

  /** There is nobody to ask any more. */
  void stop() {
    if (next != null) {
      next.cancel(false);
    }
  }

  /** Something has come from the peer. */
  void heard() {
    since = nanoTime.getAsLong();
    unanswered = 0;
  }

  private void look() {
    if (!peer.isThere()) {
      return;
    }
    if (!peer.isRead()) {
      heard(); // or it would be
    }
    var left = interval - (nanoTime.getAsLong() - since);
    if (left > 0) {
      lookAfter(left);
    } else if (++unanswered > countMax) {
      peer.dead();
    } else {
      since = nanoTime.getAsLong();
      peer.ask();
      lookAfter(interval);
    }
  }

  private void lookAfter(long nanos) {
    next = timer.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
  }
}
