package dev.gatehouse.workspace.kubernetes;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Waits on a virtual thread until the cluster shows something of a workspace. */
final class ViewWait implements AutoCloseable {
  /** A watch may have been lost: its renewal tells nobody what stayed the same. */
  static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final Cluster cluster;
  private final Semaphore changed = new Semaphore(0);
  private final Consumer<String> listener;

  ViewWait(Cluster cluster, String workspace) {
    this.cluster = cluster;
    this.listener =
        name -> {
          if (name.equals(workspace)) {
            changed.release();
          }
        };
    cluster.listen(listener);
  }

  /** Returns after a change, or a moment later. */
  void pause() throws InterruptedException {
    pause(LOOK_AGAIN);
  }

  /** As above, for somebody who also looks at what no change tells of. */
  void pause(Duration most) throws InterruptedException {
    var millis = Math.min(most.toMillis(), LOOK_AGAIN.toMillis());
    var _ = changed.tryAcquire(millis, TimeUnit.MILLISECONDS);
    changed.drainPermits();
  }

  /** Answers whether it came to hold. */
  static boolean until(
      Cluster cluster, String workspace, Duration patience, BooleanSupplier condition)
      throws InterruptedException {
    var end = System.nanoTime() + patience.toNanos();
    try (var wait = new ViewWait(cluster, workspace)) {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > end) {
          return false;
        }
        wait.pause();
      }
      return true;
    }
  }

  @Override
  public void close() {
    cluster.unlisten(listener);
  }
}
