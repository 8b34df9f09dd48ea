package dev.gatehouse.frontdoor.limits;

/**
 * How often a client may exchange keys, which costs us more than it costs the client: some times at
 * once, then once a second, and always when it has sent or taken a megabyte since. Used by one
 * thread at a time.
 */
final class RekeyBudget {
  static final int BURST = 20;
  static final long EARNED_BYTES = 1 << 20;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private double tokens = BURST;
  private long last;

  RekeyBudget(long nanoTime) {
    last = nanoTime;
  }

  /** Whether one more is allowed. */
  boolean take(long bytesSince, long nanoTime) {
    tokens = Math.min(BURST, tokens + (double) (nanoTime - last) / SECOND_NANOS);
    last = nanoTime;
    if (bytesSince >= EARNED_BYTES) {
      return true;
    }
    tokens--;
    return tokens >= 0;
  }
}
