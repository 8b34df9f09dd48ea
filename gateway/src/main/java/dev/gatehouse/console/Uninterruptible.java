package dev.gatehouse.console;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A change that Ctrl-C must not cut in two. To interrupt a virtual thread closes the connection
 * that it waits on, and then nobody knows whether the directory has done what it was asked.
 */
public final class Uninterruptible {
  private Uninterruptible() {}

  /**
   * Does it on a thread of its own and waits for its end, whatever happens.
   *
   * @return whether this thread was interrupted meanwhile; it is so no more
   */
  public static boolean run(Runnable change) {
    var task = new FutureTask<>(change, Boolean.TRUE);
    Thread.ofVirtual().name("console-change").start(task);
    var interrupted = Thread.interrupted();
    while (true) {
      try {
        var _ = task.get();
        // It may have come when the change was done already.
        return Thread.interrupted() || interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException problem
            ? problem
            : new IllegalStateException(e.getCause());
      }
    }
  }
}
