package dev.gatehouse.platform.operator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets time pass until the operator is to stop. */
final class Waits {
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
   * @throws InterruptedException if it is to stop
   */
  void check() throws InterruptedException {
    pause(Duration.ZERO);
  }

  void end() {
    stopping.countDown();
  }
}
