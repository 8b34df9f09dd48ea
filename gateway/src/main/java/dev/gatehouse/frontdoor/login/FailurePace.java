package dev.gatehouse.frontdoor.login;

import java.time.Duration;

/**
 * When a refusal is sent: so long after the request, and if that has passed, after twice as long,
 * and so on (as OpenSSH's ensure_minimum_time_since). What refusing took, a lookup more or less,
 * then shows in the time as a step, not as it was.
 */
final class FailurePace {
  private static final Duration LEAST = Duration.ofMillis(20);

  private FailurePace() {}

  /**
   * @param began {@link System#nanoTime} when the request came
   */
  static void await(long began) throws InterruptedException {
    Thread.sleep(remaining(Duration.ofNanos(System.nanoTime() - began)));
  }

  static Duration remaining(Duration elapsed) {
    var due = LEAST;
    while (due.compareTo(elapsed) < 0) {
      due = due.multipliedBy(2);
    }
    return due.minus(elapsed);
  }
}
