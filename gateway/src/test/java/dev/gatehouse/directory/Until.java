package dev.gatehouse.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what will be. */
public final class Until {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Until() {}

  /** How long it took. */
  public static Duration holds(BooleanSupplier condition) {
    var began = Instant.now();
    while (!condition.getAsBoolean()) {
      if (Duration.between(began, Instant.now()).compareTo(PATIENCE) > 0) {
        throw new AssertionError("it does not hold after " + PATIENCE);
      }
      LockSupport.parkNanos(1_000_000);
    }
    return Duration.between(began, Instant.now());
  }
}
