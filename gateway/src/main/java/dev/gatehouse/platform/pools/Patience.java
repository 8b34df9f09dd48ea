package dev.gatehouse.platform.pools;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How an engine waits.
 *
 * @param limit for one pool
 */
public record Patience(Duration limit, InstantSource clock, Pause pause) {
  private static final Duration STEP = Duration.ofSeconds(1);

  /** Lets time pass. */
  public interface Pause {
    void take(Duration time) throws InterruptedException;
  }

  /** Says whether what is waited for is so. */
  interface Question {
    boolean isAnswered();
  }

  Patience atMost(Duration other) {
    return limit.compareTo(other) < 0 ? this : new Patience(other, clock, pause);
  }

  /** Returns whether it came to be so in time. */
  boolean until(Question question) throws InterruptedException {
    var end = clock.instant().plus(limit);
    while (!question.isAnswered()) {
      if (!clock.instant().isBefore(end)) {
        return false;
      }
      pause.take(STEP);
    }
    return true;
  }
}
