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
  private final ClientAlive limits;
  private final Peer peer;
  private boolean heard = true;
  private int unanswered;

  KeepAlive(Relay relay, ClientAlive limits, Peer peer) {
    this.relay = relay;
    this.limits = limits;
    this.peer = peer;
  }

  void start() {
    if (!limits.interval().isZero()) {
      relay.schedule(this::look, limits.interval().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Something has come from the peer. */
  void heard() {
    heard = true;
  }

  private void look() {
    if (!peer.isThere()) {
      return;
    }
    if (heard) {
      unanswered = 0;
    } else if (++unanswered > limits.countMax()) {
      peer.dead();
      return;
    } else {
      peer.ask();
    }
    heard = false;
    start();
  }
}
