package dev.gatehouse.platform.operator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets time pass until the operator is to stop. */
final class Waits {
  /** Thrown when a newer revision has come while an older one was waited for. */
  static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Overtaken() {
      super("a newer revision has come");
    }
  }

  private volatile boolean isOvertaken;

  private final CountDownLatch stopping = new CountDownLatch(1);

  /**
   * @throws InterruptedException if it is to stop
   */
  void pause(Duration time) throws InterruptedException {
    if (stopping.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new InterruptedException();
    }
  }

  /**
   * As {@link #pause}, for what a newer revision may change: a rollout that never ends, say, and
   * the revision that mends it.
   *
   * @throws Overtaken if there is a newer one
   */
  void pauseForRevision(Duration time) throws InterruptedException {
    if (isOvertaken) {
      throw new Overtaken();
    }
    pause(time);
  }

  /** What is waited for from now on is that of the newest revision. */
  void begin() {
    isOvertaken = false;
  }

  /** There is a newer revision than that which is waited for. */
  void overtake() {
    isOvertaken = true;
  }

  /**
   * @throws InterruptedException if it is to stop
   */
  void check() throws InterruptedException {
    pause(Duration.ZERO);
  }

  void end() {
    stopping.countDown();
  }
}
