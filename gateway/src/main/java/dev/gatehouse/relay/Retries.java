package dev.gatehouse.relay;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How long a workspace that is said to run, and does not answer, is asked again. Kubernetes needs a
 * second or two to see that a container has ended, and a new one has its sshd some seconds later.
 */
final class Retries {
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final LongSupplier nanoTime;
  private long began;
  private Duration pause = FIRST;

  Retries(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** From now on the patience is whole again. */
  synchronized void begin() {
    began = nanoTime.getAsLong();
    pause = FIRST;
  }

  /** When to ask again; empty if it has been asked for long enough. */
  synchronized Optional<Duration> next() {
    if (nanoTime.getAsLong() - began >= PATIENCE.toNanos()) {
      return Optional.empty();
    }
    var now = pause;
    pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
    return Optional.of(now);
  }
}
