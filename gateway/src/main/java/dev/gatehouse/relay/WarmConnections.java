package dev.gatehouse.relay;

import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.workspace.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection that nobody uses to each workspace in use, so that the next session there
 * costs no handshake: the one that a client has left behind, or one that is made ahead.
 *
 * <p>It opens nothing to anybody. Who takes one has been granted the workspace at that moment, and
 * a workspace is told by its host key, which is its own. What its sshd decides at a login (the
 * certificate, the account's shell and home) it decided once for all who use the connection after
 * each other; so none is handed out that is older than a certificate of ours lives.
 *
 * @param <C> what is kept
 */
final class WarmConnections<C extends WarmConnection> implements AutoCloseable {
  /** Makes connections. */
  interface Source<C> {
    CompletionStage<C> connect(Endpoint endpoint);
  }

  /** Runs something later. */
  interface Timer {
    void schedule(Runnable action, Duration delay);
  }

  /** How long one may be handed out after its login. */
  static final Duration LIFE = UserCa.VALIDITY;

  /** To make the next does not compete with the session that has just begun. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  static final Duration SWEEP = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(WarmConnections.class);

  /** A connection that nobody has taken, or that is yet to come. */
  private record Spare<C extends WarmConnection>(
      Endpoint endpoint, CompletableFuture<C> connection) {
    boolean isReady() {
      return connection.isDone();
    }

    boolean is(WarmConnection other) {
      return isReady() && other.equals(connection.getNow(null));
    }

    /** At once, or as soon as it is made. */
    void close() {
      var _ = connection.thenAccept(WarmConnection::close);
    }
  }

  private final Source<C> source;
  private final Timer timer;
  private final LongSupplier nanoTime;
  private final int most;

  /** By host key, that is by workspace, the oldest first. Guarded by this. */
  private final LinkedHashMap<SshPublicKey, Spare<C>> spares = new LinkedHashMap<>();

  /** Those in use; one that is lent again is another loan. Guarded by this. */
  private final Map<C, Object> loans = new HashMap<>();

  private boolean sweeping;
  private boolean closed;

  /**
   * @param most how many are kept in all; the oldest goes first
   */
  WarmConnections(Source<C> source, Timer timer, LongSupplier nanoTime, int most) {
    this.source = source;
    this.timer = timer;
    this.nanoTime = nanoTime;
    this.most = most;
  }

  /**
   * A connection for the caller alone: the one that is kept, if it still answers, or a new one. If
   * the caller still has it after a while, the next is made ready.
   */
  CompletionStage<C> take(Endpoint endpoint) {
    var spare = remove(endpoint);
    var taken =
        spare == null
            ? source.connect(endpoint)
            : spare.isReady() ? revive(spare) : spare.connection.minimalCompletionStage();
    return taken.whenComplete(
        (connection, _) -> {
          if (connection != null) {
            lend(connection);
          }
        });
  }

  /** Has one made, if there is none. */
  void prepare(Endpoint endpoint) {
    var spare = new Spare<>(endpoint, new CompletableFuture<C>());
    if (put(spare)) {
      source.connect(endpoint).whenComplete((made, error) -> made(spare, made, error));
    }
  }

  /** Somebody has finished with it and has left nothing behind. */
  void giveBack(C connection) {
    returned(connection);
    var spare = new Spare<>(connection.endpoint(), CompletableFuture.completedFuture(connection));
    if (!isFresh(connection) || !put(spare)) {
      connection.close();
    } else if (!connection.isOpen()) {
      ended(connection); // as it came in
    }
  }

  /** It has ended, whoever has it. */
  synchronized void ended(C connection) {
    loans.remove(connection);
    spares.values().removeIf(spare -> spare.is(connection));
  }

  /** The machine there does not answer any more. */
  void forget(Endpoint endpoint) {
    var spare = remove(endpoint);
    if (spare != null) {
      spare.close();
    }
  }

  synchronized int count() {
    return spares.size();
  }

  @Override
  public void close() {
    List<Spare<C>> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(spares.values());
      spares.clear();
    }
    left.forEach(Spare::close);
  }

  private void lend(C connection) {
    var loan = new Object();
    synchronized (this) {
      loans.put(connection, loan);
    }
    if (!connection.isOpen()) {
      ended(connection); // as it came in
    }
    timer.schedule(
        () -> {
          if (isOn(connection, loan)) {
            prepare(connection.endpoint());
          }
        },
        PAUSE);
  }

  private synchronized boolean isOn(C connection, Object loan) {
    return loan.equals(loans.get(connection));
  }

  private synchronized void returned(C connection) {
    loans.remove(connection);
  }

  private void made(Spare<C> spare, @Nullable C connection, @Nullable Throwable error) {
    if (connection != null) {
      spare.connection.complete(connection);
      if (!connection.isOpen()) {
        ended(connection);
      }
      return;
    }
    drop(spare);
    LOG.debug("no connection to {} is kept", spare.endpoint.address(), error);
    spare.connection.completeExceptionally(
        error == null ? new IllegalStateException("no connection") : error);
  }

  /** Its machine may have gone without a word, so it is asked first. */
  private CompletionStage<C> revive(Spare<C> spare) {
    return spare.connection.thenCompose(
        connection ->
            isFresh(connection)
                ? connection
                    .answers()
                    .thenCompose(alive -> alive ? spare.connection : instead(connection))
                : instead(connection));
  }

  private CompletionStage<C> instead(C stale) {
    stale.close();
    return source.connect(stale.endpoint());
  }

  private boolean isFresh(C connection) {
    return nanoTime.getAsLong() - connection.since() < LIFE.toNanos();
  }

  /** Answers whether there was room: there is one for each workspace, where that is now. */
  private boolean put(Spare<C> spare) {
    var gone = new ArrayList<Spare<C>>();
    synchronized (this) {
      var key = spare.endpoint.hostKey();
      var present = spares.get(key);
      if (closed || (present != null && present.endpoint.equals(spare.endpoint))) {
        return false;
      }
      if (present != null) {
        gone.add(spares.remove(key));
      } else if (spares.size() >= most) {
        gone.add(spares.pollFirstEntry().getValue());
      }
      spares.put(key, spare);
      sweepLater();
    }
    gone.forEach(Spare::close);
    return true;
  }

  /** One that leads to where the workspace was before is closed. */
  private @Nullable Spare<C> remove(Endpoint endpoint) {
    Spare<C> removed;
    synchronized (this) {
      removed = spares.remove(endpoint.hostKey());
    }
    if (removed == null || removed.endpoint.equals(endpoint)) {
      return removed;
    }
    removed.close();
    return null;
  }

  private synchronized void drop(Spare<C> spare) {
    spares.remove(spare.endpoint.hostKey(), spare);
  }

  /** Guarded by this. */
  private void sweepLater() {
    if (!sweeping) {
      sweeping = true;
      timer.schedule(this::sweep, SWEEP);
    }
  }

  /** Closes those that nobody may take any more. */
  private void sweep() {
    var old = new ArrayList<Spare<C>>();
    synchronized (this) {
      sweeping = false;
      spares.values().stream()
          .filter(s -> s.isReady() && !s.connection.isCompletedExceptionally())
          .filter(s -> !isFresh(s.connection.join()))
          .forEach(old::add);
      spares.values().removeAll(old);
      if (!spares.isEmpty()) {
        sweepLater();
      }
    }
    old.forEach(Spare::close);
  }
}
