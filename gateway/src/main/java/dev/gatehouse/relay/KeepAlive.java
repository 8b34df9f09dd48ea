package dev.gatehouse.relay;

import dev.gatehouse.cluster.Limits.ClientAlive;
import java.util.concurrent.TimeUnit;

/**
 * Asks a silent peer whether it is there (ClientAliveInterval, ClientAliveCountMax). Guarded by the
 * relay's lock.
 */
final class KeepAlive {
  /** What is done about the peer. */
  interface Peer {
    /** Whether there is one to ask. */
    boolean isThere();

    void ask();

    void dead();
  }

  private final Relay relay;
  private final long interval;
  private final int countMax;
  private final Peer peer;
  private long since = System.nanoTime();
  private int unanswered;

  KeepAlive(Relay relay, ClientAlive limits, Peer peer) {
    this.relay = relay;
    this.interval = limits.interval().toNanos();
    this.countMax = limits.countMax();
    this.peer = peer;
  }

  void start() {
    if (interval > 0) {
      lookAfter(interval);
    }
  }

  /** Something has come from the peer. */
  void heard() {
    since = System.nanoTime();
    unanswered = 0;
  }

  private void look() {
    if (!peer.isThere()) {
      return;
    }
    if (relay.isSuspended()) {
      heard(); // or would be, if anything were read
    }
    var left = interval - (System.nanoTime() - since);
    if (left > 0) {
      lookAfter(left);
    } else if (++unanswered > countMax) {
      peer.dead();
    } else {
      since = System.nanoTime();
      peer.ask();
      lookAfter(interval);
    }
  }

  private void lookAfter(long nanos) {
    relay.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
  }
}
