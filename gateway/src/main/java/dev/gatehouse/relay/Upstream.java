package dev.gatehouse.relay;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the workspace: at most one SSH connection, had when the first channel needs it and
 * again after it was lost. Guarded by the relay's lock.
 */
final class Upstream {
  /** Something that cannot go on without the workspace. */
  interface Waiter {
    void ready(Peer peer);

    void failed(Failure why);

    /** What the start is doing; called again for each step. */
    default void progress(Progress progress) {}

    /** The workspace runs, and its sshd is being connected to. */
    default void connecting() {}

    /** Whether a person at a terminal asks. */
    default boolean hasTerminal() {
      return false;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);

  private final Relay relay;
  private final Destination destination;
  private final WarmConnections<WorkspaceConnection> connections;
  private final List<Waiter> waiters = new ArrayList<>();
  private @Nullable WorkspaceConnection connection;
  private @Nullable Peer peer;
  private @Nullable Progress progress;
  private boolean starting;
  private boolean connecting;

  /** What has been refused at the workspace's door, since nobody answered there. */
  private final Retries retries = new Retries(System::nanoTime);

  Upstream(Relay relay, Destination destination, WarmConnections<WorkspaceConnection> connections) {
    this.relay = relay;
    this.destination = destination;
    this.connections = connections;
  }

  @Nullable Peer leg() {
    return peer;
  }

  /** Where the workspace is that it is connected to. */
  Optional<Endpoint> endpoint() {
    return Optional.ofNullable(connection).map(WorkspaceConnection::endpoint);
  }

  boolean uses(WorkspaceConnection other) {
    return other.equals(connection);
  }

  /**
   * Has a connection kept for when it is needed. It comes without the lock, and to nobody's
   * knowledge: who takes it is asked for their rights then.
   */
  void prepare() {
    try {
      destination.running().ifPresent(connections::prepare);
    } catch (RuntimeException e) {
      LOG.debug("nothing is known of {}", destination.name(), e);
    }
  }

  /** Calls the waiter at once, or when the workspace can be reached, or when it cannot. */
  void need(Waiter waiter) {
    if (peer != null) {
      waiter.ready(peer);
      return;
    }
    waiters.add(waiter);
    if (!starting) {
      begin(waiter.hasTerminal());
    } else if (connecting) {
      waiter.connecting();
    } else if (progress != null) {
      waiter.progress(progress);
    }
  }

  /** The workspace's sshd has let us in. */
  void connected(WorkspaceConnection next) {
    var connected = new Peer(next.session(), relay);
    connection = next;
    peer = connected;
    starting = false;
    connecting = false;
    progress = null;
    takeWaiters(_ -> true).forEach(w -> w.ready(connected));
  }

  /** The connection has ended; answers whether it was the one in use. */
  boolean lost(WorkspaceConnection other) {
    if (!uses(other)) {
      return false;
    }
    connection = null;
    peer = null;
    return true;
  }

  /**
   * The client has gone.
   *
   * @param settled whether nothing of it is left at the workspace, so that the next may have the
   *     connection
   */
  void finish(boolean settled) {
    var finished = connection;
    if (peer == null || finished == null) {
      return;
    }
    if (settled) {
      peer.whenWritten(() -> giveBack(finished));
    } else {
      peer.finish();
    }
  }

  /** The workspace does not answer, and neither will what is kept. Comes without the lock. */
  void cutOff(WorkspaceConnection dead) {
    connections.forget(dead.endpoint());
    dead.close();
  }

  /** Nobody here needs it. Comes without the lock. */
  void handOn(WorkspaceConnection unused) {
    unused.release();
    connections.giveBack(unused);
  }

  private void giveBack(WorkspaceConnection finished) {
    relay.enter(
        () -> {
          if (lost(finished)) {
            relay.afterwards(() -> handOn(finished));
          }
        });
  }

  private void begin(boolean terminal) {
    starting = true;
    retries.begin();
    relay.afterwards(() -> start(terminal));
  }

  private void start(boolean terminal) {
    try {
      var start = destination.start(terminal);
      start.onProgress(p -> relay.enter(() -> progress(p)));
      var endpoint = start.endpoint().toCompletableFuture();
      if (!endpoint.isDone()) {
        retries.begin(); // it has just begun, and what was refused before was another
      }
      var _ = endpoint.whenComplete((at, error) -> started(terminal, at, error));
    } catch (RuntimeException e) {
      failed(terminal, e);
    }
  }

  private void started(boolean terminal, @Nullable Endpoint endpoint, @Nullable Throwable error) {
    if (endpoint == null) {
      failed(terminal, error);
      return;
    }
    relay.enter(this::connecting);
    connections
        .take(endpoint)
        .whenComplete(
            (taken, refused) -> {
              if (taken != null) {
                taken.bind(relay);
              } else {
                refused(terminal, refused);
              }
            });
  }

  private void connecting() {
    if (starting) {
      connecting = true;
      waiters.forEach(Waiter::connecting);
    }
  }

  /**
   * Its sshd may just be dying, or be back in a moment, before the platform says so. Nobody who
   * waits has been told of a channel yet, so the start is asked for again: by then it may know.
   */
  private void refused(boolean terminal, @Nullable Throwable error) {
    var again = Unanswered.is(error) ? retries.next() : Optional.<Duration>empty();
    if (again.isEmpty()) {
      failed(terminal, error);
      return;
    }
    relay.enter(
        () ->
            relay.schedule(
                () -> {
                  if (relay.isClosed()) {
                    starting = false;
                  } else {
                    relay.afterwards(() -> start(terminal));
                  }
                },
                again.get().toMillis(),
                TimeUnit.MILLISECONDS));
  }

  private void progress(Progress next) {
    if (starting) {
      progress = next;
      connecting = false;
      waiters.forEach(w -> w.progress(next));
    }
  }

  private void failed(boolean terminal, @Nullable Throwable error) {
    var why = reason(error);
    relay.enter(
        () -> {
          starting = false;
          connecting = false;
          progress = null;
          var denied = !terminal && why instanceof Failure.Denied;
          takeWaiters(w -> !denied || !w.hasTerminal()).forEach(w -> w.failed(why));
          if (!waiters.isEmpty() && !starting) {
            begin(true); // what a program is denied, a person may yet be granted
          }
        });
  }

  private Failure reason(@Nullable Throwable error) {
    var cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    if (cause instanceof FailureException e) {
      return e.failure();
    }
    LOG.error("[workspace-start-broken] start of {} failed", destination.name(), cause);
    return new Failure.Broken(
        "workspace-start-broken", "%s could not be started".formatted(destination.name()));
  }

  private List<Waiter> takeWaiters(Predicate<Waiter> which) {
    var taken = waiters.stream().filter(which).toList();
    waiters.removeIf(which);
    return taken;
  }
}
