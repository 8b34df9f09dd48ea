package dev.gatehouse.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.workspace.Endpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Logins come when the test lets them, and time passes at a word. */
class WarmConnectionsTest {
  private static final Endpoint MAIN = endpoint(1, "main");
  private static final Endpoint GPU = endpoint(2, "gpu");
  private static final int MOST = 3;

  private record Due(long at, Runnable action) {}

  private final List<Due> due = new ArrayList<>();
  private final List<Kept> made = new ArrayList<>();
  private CompletableFuture<Void> logins = CompletableFuture.completedFuture(null);
  private long now = -1_000;
  private final WarmConnections<Kept> connections =
      new WarmConnections<>(this::connect, this::schedule, () -> now, MOST);

  private static final class Kept implements WarmConnection {
    private final Endpoint endpoint;
    private final long since;
    private boolean open = true;
    private CompletableFuture<Boolean> answer = CompletableFuture.completedFuture(true);

    private Kept(Endpoint endpoint, long since) {
      this.endpoint = endpoint;
      this.since = since;
    }

    @Override
    public Endpoint endpoint() {
      return endpoint;
    }

    @Override
    public long since() {
      return since;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public CompletionStage<Boolean> answers() {
      return answer;
    }

    @Override
    public void close() {
      open = false;
    }
  }

  private CompletionStage<Kept> connect(Endpoint endpoint) {
    var connection = new Kept(endpoint, now);
    made.add(connection);
    return logins.thenApply(_ -> connection);
  }

  private void schedule(Runnable action, Duration delay) {
    due.add(new Due(now + delay.toNanos(), action));
  }

  private void pass(Duration time) {
    now += time.toNanos();
    var ripe = due.stream().filter(d -> d.at <= now).toList();
    due.removeAll(ripe);
    ripe.forEach(d -> d.action.run());
  }

  @Test
  void take_nothingIsKept_connects() {
    assertThat(take(MAIN)).isSameAs(made.getFirst());
    assertThat(connections.count()).isZero();
  }

  @Test
  void take_onceTaken_theNextIsMadeAhead() {
    var first = take(MAIN);
    pass(WarmConnections.PAUSE);
    assertThat(made).hasSize(2);
    assertThat(take(MAIN)).isSameAs(made.getLast()).isNotSameAs(first);
    assertThat(made).hasSize(2);
  }

  @Test
  void take_oneWasGivenBack_isThatOne() {
    var first = take(MAIN);
    connections.giveBack(first);
    assertThat(take(MAIN)).isSameAs(first);
    assertThat(made).hasSize(1);
  }

  @Test
  void take_givenBackSoon_makesNoneAhead() {
    connections.giveBack(take(MAIN));
    var again = take(MAIN);
    pass(WarmConnections.PAUSE.dividedBy(2));
    connections.giveBack(again);
    take(MAIN);
    pass(WarmConnections.PAUSE.dividedBy(2));
    assertThat(made).hasSize(1);
    pass(WarmConnections.PAUSE.dividedBy(2));
    assertThat(made).hasSize(2);
  }

  @Test
  void take_endsSoon_makesNoneAhead() {
    connections.ended(take(MAIN));
    pass(WarmConnections.PAUSE);
    assertThat(made).hasSize(1);
  }

  @Test
  void take_endedBeforeItWasHandedOut_makesNoneAhead() {
    logins = new CompletableFuture<>();
    var taken = connections.take(MAIN);
    made.getFirst().close();
    connections.ended(made.getFirst());
    logins.complete(null);
    assertThat(taken).isCompletedWithValue(made.getFirst());
    pass(WarmConnections.PAUSE);
    assertThat(made).hasSize(1);
  }

  @Test
  void take_twoAtOnce_shareNone() {
    connections.prepare(MAIN);
    assertThat(take(MAIN)).isNotSameAs(take(MAIN));
  }

  @Test
  void take_oneIsBeingMade_waitsForIt() {
    logins = new CompletableFuture<>();
    connections.prepare(MAIN);
    var taken = connections.take(MAIN).toCompletableFuture();
    assertThat(taken).isNotDone();
    logins.complete(null);
    assertThat(taken).isCompletedWithValue(made.getFirst());
    assertThat(made).hasSize(1);
    assertThat(made.getFirst().open).isTrue();
  }

  @Test
  void take_oneIsBeingMadeAndCannotBe_fails() {
    logins = new CompletableFuture<>();
    connections.prepare(MAIN);
    var taken = connections.take(MAIN).toCompletableFuture();
    logins.completeExceptionally(new IllegalStateException("refused"));
    assertThat(taken).isCompletedExceptionally();
    assertThat(connections.count()).isZero();
  }

  @Test
  void take_keptOneDoesNotAnswer_isANewOne() {
    connections.prepare(MAIN);
    made.getFirst().answer = CompletableFuture.completedFuture(false);
    assertThat(take(MAIN)).isSameAs(made.getLast()).isNotSameAs(made.getFirst());
    assertThat(made.getFirst().open).isFalse();
  }

  @Test
  void take_keptOneEndsWhileItIsAsked_isANewOne() {
    connections.prepare(MAIN);
    made.getFirst().answer = new CompletableFuture<>();
    var taken = connections.take(MAIN).toCompletableFuture();
    made.getFirst().answer.complete(false);
    assertThat(taken).isCompletedWithValue(made.getLast());
    assertThat(made).hasSize(2);
  }

  @Test
  void take_anotherHostKeyAtTheAddress_isNeverTheKeptOne() {
    connections.prepare(MAIN);
    var other = new Endpoint(MAIN.address(), MAIN.login(), GPU.hostKey());
    assertThat(take(other).endpoint()).isEqualTo(other);
    assertThat(made).hasSize(2);
  }

  @Test
  void take_workspaceHasMoved_closesTheOneThatLedToTheOldPlace() {
    connections.prepare(MAIN);
    var moved = new Endpoint(GPU.address(), MAIN.login(), MAIN.hostKey());
    assertThat(take(moved).endpoint()).isEqualTo(moved);
    assertThat(made.getFirst().open).isFalse();
    assertThat(connections.count()).isZero();
  }

  @Test
  void prepare_workspaceHasMovedWhileOneWasMade_keepsTheNewOneOnly() {
    logins = new CompletableFuture<>();
    connections.prepare(MAIN);
    connections.prepare(new Endpoint(GPU.address(), MAIN.login(), MAIN.hostKey()));
    logins.complete(null);
    assertThat(made).extracting(Kept::isOpen).containsExactly(false, true);
    assertThat(connections.count()).isEqualTo(1);
  }

  @Test
  void prepare_oneIsKeptAlready_makesNone() {
    connections.prepare(MAIN);
    connections.prepare(MAIN);
    assertThat(made).hasSize(1);
  }

  @Test
  void prepare_cannotConnect_keepsNothing() {
    logins = CompletableFuture.failedFuture(new IllegalStateException("refused"));
    connections.prepare(MAIN);
    assertThat(connections.count()).isZero();
  }

  @Test
  void prepare_moreWorkspacesThanMayBeKept_closesTheOldest() {
    for (var number = 1; number <= MOST + 2; number++) {
      connections.prepare(endpoint(number, "workspace" + number));
    }
    assertThat(connections.count()).isEqualTo(MOST);
    assertThat(made).extracting(Kept::isOpen).containsExactly(false, false, true, true, true);
  }

  @Test
  void giveBack_oneIsKeptAlready_isClosed() {
    connections.prepare(MAIN);
    var second = new Kept(MAIN, now);
    connections.giveBack(second);
    assertThat(second.open).isFalse();
    assertThat(made.getFirst().open).isTrue();
  }

  @Test
  void giveBack_hasEnded_isNotKept() {
    var first = take(MAIN);
    first.close();
    connections.giveBack(first);
    assertThat(connections.count()).isZero();
  }

  /** Else a connection that is used again and again would outlive all that its login was about. */
  @Test
  void giveBack_olderThanACertificate_isClosed() {
    var first = take(MAIN);
    now += WarmConnections.LIFE.toNanos();
    connections.giveBack(first);
    assertThat(first.open).isFalse();
  }

  @Test
  void ended_keptOne_isForgotten() {
    connections.prepare(MAIN);
    connections.ended(made.getFirst());
    assertThat(connections.count()).isZero();
  }

  @Test
  void ended_anotherOne_changesNothing() {
    var taken = take(MAIN);
    connections.prepare(MAIN);
    connections.ended(taken);
    assertThat(connections.count()).isEqualTo(1);
  }

  @Test
  void forget_keptOne_closesIt() {
    connections.prepare(MAIN);
    connections.prepare(GPU);
    connections.forget(MAIN);
    assertThat(made).extracting(Kept::isOpen).containsExactly(false, true);
  }

  @Test
  void unused_untilItsTimeIsOver_isClosed() {
    connections.prepare(MAIN);
    pass(WarmConnections.SWEEP);
    assertThat(connections.count()).isEqualTo(1);
    pass(WarmConnections.LIFE);
    assertThat(connections.count()).isZero();
    assertThat(made.getFirst().open).isFalse();
  }

  @Test
  void take_timeIsOverAndNobodyHasSwept_isANewOne() {
    connections.prepare(MAIN);
    now += WarmConnections.LIFE.toNanos();
    assertThat(take(MAIN)).isSameAs(made.getLast()).isNotSameAs(made.getFirst());
    assertThat(made.getFirst().open).isFalse();
  }

  @Test
  void sweep_nothingIsKeptAnyMore_sleeps() {
    take(MAIN);
    pass(WarmConnections.PAUSE);
    pass(WarmConnections.LIFE);
    assertThat(due).isEmpty();
  }

  @Test
  void close_closesWhatIsKeptAndWhatIsBeingMade() {
    connections.prepare(MAIN);
    logins = new CompletableFuture<>();
    connections.prepare(GPU);
    connections.close();
    logins.complete(null);
    assertThat(made).extracting(Kept::isOpen).containsExactly(false, false);
  }

  @Test
  void close_laterOnes_areNotKept() {
    var taken = take(MAIN);
    connections.close();
    connections.giveBack(taken);
    connections.prepare(MAIN);
    assertThat(taken.open).isFalse();
    assertThat(made).hasSize(1);
  }

  private Kept take(Endpoint endpoint) {
    return connections.take(endpoint).toCompletableFuture().getNow(null);
  }

  private static Endpoint endpoint(int port, String key) {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return new Endpoint(address, "alice", new SshPublicKey("ssh-ed25519", key));
  }
}
