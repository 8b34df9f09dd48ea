package dev.gatehouse.relay;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the workspace: at most one SSH connection, made when the first channel needs it and
 * again after it was lost. Guarded by the relay's lock.
 */
final class Upstream {
  /** Something that cannot go on without the workspace. */
  interface Waiter {
    void ready(Leg leg);

    void failed(Failure why);

    /** What the start is doing; called again for each step. */
    default void progress(Progress progress) {}
  }

  private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);

  private final Relay relay;
  private final Destination destination;
  private final Dialer dialer;
  private List<Waiter> waiters = new ArrayList<>();
  private @Nullable Leg leg;
  private @Nullable Progress progress;
  private boolean starting;

  Upstream(Relay relay, Destination destination, Dialer dialer) {
    this.relay = relay;
    this.destination = destination;
    this.dialer = dialer;
  }

  @Nullable Leg leg() {
    return leg;
  }

  /** Calls the waiter at once, or when the workspace can be reached, or when it cannot. */
  void need(Waiter waiter) {
    if (leg != null) {
      waiter.ready(leg);
      return;
    }
    waiters.add(waiter);
    if (!starting) {
      starting = true;
      relay.afterwards(this::start);
    } else if (progress != null) {
      waiter.progress(progress);
    }
  }

  /** The workspace's sshd has let us in. */
  void connected(AbstractSession session) {
    var connected = new Leg(session, relay);
    leg = connected;
    starting = false;
    progress = null;
    takeWaiters().forEach(w -> w.ready(connected));
  }

  /** The connection has ended; answers whether it was the one in use. */
  boolean lost(AbstractSession session) {
    if (leg == null || !leg.session().equals(session)) {
      return false;
    }
    leg = null;
    return true;
  }

  private void start() {
    try {
      var start = destination.start();
      start.onProgress(p -> relay.enter(() -> progress(p)));
      start.endpoint().whenComplete(this::started);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private void started(@Nullable Endpoint endpoint, @Nullable Throwable error) {
    if (endpoint == null) {
      failed(error);
      return;
    }
    dialer
        .dial(endpoint, relay)
        .whenComplete(
            (connected, refused) -> {
              if (refused != null) {
                failed(refused);
              }
            });
  }

  private void progress(Progress next) {
    if (starting) {
      progress = next;
      waiters.forEach(w -> w.progress(next));
    }
  }

  private void failed(@Nullable Throwable error) {
    var why = reason(error);
    relay.enter(
        () -> {
          starting = false;
          progress = null;
          takeWaiters().forEach(w -> w.failed(why));
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

  private List<Waiter> takeWaiters() {
    var taken = waiters;
    waiters = new ArrayList<>();
    return taken;
  }
}
