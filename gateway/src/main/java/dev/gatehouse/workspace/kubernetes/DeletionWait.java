package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;

/** Waits until what was deleted is not there any more, so that its name is free. */
final class DeletionWait {
  private static final long LOOK_AGAIN_MILLIS = 200;

  private DeletionWait() {}

  /**
   * @throws FailureException if something holds it for longer
   */
  static void await(Resource<?> deleted, Duration patience) {
    var end = System.nanoTime() + patience.toNanos();
    while (deleted.get() != null) {
      if (System.nanoTime() > end) {
        throw new FailureException(
            new Failure.Unavailable(
                "kubernetes-slow", "the cluster does not finish deleting it; try again later"));
      }
      try {
        Thread.sleep(LOOK_AGAIN_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
