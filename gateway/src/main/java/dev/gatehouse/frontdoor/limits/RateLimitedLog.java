package dev.gatehouse.frontdoor.limits;

import org.slf4j.Logger;

/** A few lines a second at most, so that a flood of connections is none of lines. */
final class RateLimitedLog {
  private static final int PER_SECOND = 5;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final Logger log;
  private long second;
  private int written;
  private long leftOut;

  RateLimitedLog(Logger log) {
    this.log = log;
  }

  synchronized void info(String format, Object from, String why) {
    var now = System.nanoTime() / SECOND_NANOS;
    if (now != second) {
      second = now;
      written = 0;
      if (leftOut > 0) {
        log.info("[connection-refused] {} more were left out of the log", leftOut);
        leftOut = 0;
      }
    }
    if (written++ < PER_SECOND) {
      log.info(format, from, why);
    } else {
      leftOut++;
    }
  }
}
