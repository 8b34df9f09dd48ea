package dev.gatehouse.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for something to become true, and fails by a deadline instead of sleeping and hoping. */
public final class Poll {
  /** Long, since it is only ever used up by a failing test, and CI machines are slow at times. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration STEP = Duration.ofMillis(10);

  private Poll() {}

  /** Waits until the condition holds; one that throws does not hold yet. */
  public static void until(String what, Callable<Boolean> condition) {
    until(() -> what, PATIENCE, condition);
  }

  /** As above; the text is made only when it is needed, and so can tell how far things came. */
  public static void until(Supplier<String> what, Duration patience, Callable<Boolean> condition) {
    var deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Exception last = null;
      try {
        if (condition.call()) {
          return;
        }
      } catch (Exception e) {
        last = e;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + patience.toSeconds() + " s: " + what.get(), last);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    }
  }
}
