package dev.gatehouse.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.Limits.ClientAlive;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Seconds pass at a word, and an interval is ten of them. */
class KeepAliveTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Peer peer = new Peer();
  private long now = 1_000 * SECOND;
  private long due = Long.MAX_VALUE;
  private Relay.Step next;
  private Future<?> planned;

  private static final class Peer implements KeepAlive.Peer {
    private boolean there = true;
    private boolean read = true;
    private int asked;
    private boolean dead;

    @Override
    public boolean isThere() {
      return there;
    }

    @Override
    public boolean isRead() {
      return read;
    }

    @Override
    public void ask() {
      asked++;
    }

    @Override
    public void dead() {
      dead = true;
    }
  }

  private KeepAlive started(int countMax) {
    var limits = new ClientAlive(Duration.ofSeconds(10), countMax);
    var keepAlive = new KeepAlive(this::schedule, () -> now, limits, peer);
    keepAlive.start();
    return keepAlive;
  }

  private Future<?> schedule(Relay.Step step, long delay, TimeUnit unit) {
    next = step;
    due = now + unit.toNanos(delay);
    planned = new CompletableFuture<>();
    return planned;
  }

  private void pass(int seconds) throws Exception {
    var until = now + seconds * SECOND;
    while (due <= until) {
      now = due;
      due = Long.MAX_VALUE;
      next.run();
    }
    now = until;
  }

  @Test
  void peer_isSilentForTheInterval_isAskedThen() throws Exception {
    started(3);
    pass(9);
    assertThat(peer.asked).isZero();
    pass(1);
    assertThat(peer.asked).isEqualTo(1);
  }

  @Test
  void peer_hasSpokenWithinTheInterval_isAskedAnIntervalAfterThat() throws Exception {
    var keepAlive = started(3);
    pass(9);
    keepAlive.heard();
    pass(9);
    assertThat(peer.asked).isZero();
    pass(1);
    assertThat(peer.asked).isEqualTo(1);
  }

  @Test
  void peer_leavesAllUnanswered_isDeadAnIntervalAfterTheLast() throws Exception {
    started(3);
    pass(39);
    assertThat(peer.asked).isEqualTo(3);
    assertThat(peer.dead).isFalse();
    pass(1);
    assertThat(peer.dead).isTrue();
    assertThat(peer.asked).isEqualTo(3);
  }

  @Test
  void peer_answersTheLast_countsFromTheBeginning() throws Exception {
    var keepAlive = started(3);
    pass(39);
    keepAlive.heard();
    pass(39);
    assertThat(peer.dead).isFalse();
    pass(1);
    assertThat(peer.dead).isTrue();
  }

  /** A slow reader on the other side once would have been the death of who is not read from. */
  @Test
  void peer_isNotReadFrom_isNotBlamed() throws Exception {
    started(3);
    pass(35);
    peer.read = false;
    pass(1_000);
    assertThat(peer.dead).isFalse();
    peer.read = true;
    pass(29);
    assertThat(peer.dead).isFalse();
    pass(21);
    assertThat(peer.dead).isTrue();
  }

  @Test
  void peer_hasGone_isForgotten() throws Exception {
    started(3);
    peer.there = false;
    pass(1_000);
    assertThat(peer.asked).isZero();
    assertThat(peer.dead).isFalse();
  }

  @Test
  void interval_isZero_nobodyIsAsked() {
    new KeepAlive(this::schedule, () -> now, new ClientAlive(Duration.ZERO, 3), peer).start();
    assertThat(next).isNull();
  }

  /** A timer would keep a closed connection in memory. */
  @Test
  void stop_whileItWaits_callsTheNextLookOff() throws Exception {
    var keepAlive = started(3);
    pass(15);
    keepAlive.stop();
    assertThat(planned.isCancelled()).isTrue();
  }
}
