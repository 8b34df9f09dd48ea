package dev.gatehouse.service;

import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.ServiceName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How it stands with a service, as the workspace tells.
 *
 * @param pid of its first process; 0 if there is none
 * @param since when it came into this phase
 * @param restarts how often it was started again after a crash
 * @param status with which it has ended
 */
public record ServiceState(
    ServiceName name, Phase phase, long pid, Instant since, int restarts, int status) {
  private static final int FIELDS = 7;

  /** Where a service is in its life. */
  public enum Phase {
    /** It was started, and nobody has found it ready. */
    STARTING,
    RUNNING,
    /** A person stopped it, or it has ended by itself without a mistake. */
    STOPPED,
    /** It has ended with a mistake before it was ready, or too often. */
    FAILED,
    /** It may run, but what watched over it was killed. */
    LOST
  }

  /** Whether it is at work, or soon will be. */
  public boolean isUp() {
    return phase == Phase.STARTING || phase == Phase.RUNNING;
  }

  /**
   * Reads a line such as {@code state jupyter running 42 1796045954 0 0}. The workspace is its
   * person's, who can make it say anything: empty if it is something else.
   */
  static Optional<ServiceState> parse(String line) {
    var words = line.split(" ", -1);
    if (words.length != FIELDS || !words[0].equals("state")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ServiceState(
              new ServiceName(words[1]),
              Phase.valueOf(words[2].toUpperCase(Locale.ROOT)),
              Long.parseLong(words[3]),
              Instant.ofEpochSecond(Long.parseLong(words[4])),
              Integer.parseInt(words[5]),
              Integer.parseInt(words[6])));
    } catch (UserError | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
