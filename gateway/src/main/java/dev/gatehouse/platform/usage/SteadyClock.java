package dev.gatehouse.platform.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * A clock that does not jump ahead: what passes between two looks at it is at most a hundredth more
 * than what has passed on the machine's monotonic clock. So a clock that is set wrong for a while
 * makes nobody pay for days that never were; one that was wrong and is set right is followed
 * slowly. Back it goes at once: what was counted is not counted again. Not safe for use by several
 * threads.
 */
final class SteadyClock {
  private static final int TOLERATED = 100;

  private final InstantSource wall;
  private final LongSupplier nanos;
  private Instant last;
  private long lastNanos;

  /**
   * @param nanos as {@link System#nanoTime}
   */
  SteadyClock(InstantSource wall, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
    this.last = wall.instant();
    this.lastNanos = nanos.getAsLong();
  }

  /** In whole seconds. */
  Instant now() {
    var nanosNow = nanos.getAsLong();
    var passed = Duration.ofNanos(nanosNow - lastNanos);
    var latest = last.plus(passed).plus(passed.dividedBy(TOLERATED));
    var now = wall.instant();
    last = now.isAfter(latest) ? latest : now;
    lastNanos = nanosNow;
    return last.truncatedTo(ChronoUnit.SECONDS);
  }
}
