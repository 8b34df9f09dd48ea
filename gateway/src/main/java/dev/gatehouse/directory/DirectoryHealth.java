package dev.gatehouse.directory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How it stands with a directory, for operators.
 *
 * @param people how many are known
 * @param confirmed when what is known of them was last known to be so; empty until everybody has
 *     been copied once
 * @param offlineFor how long after that they get in while no server answers
 */
public record DirectoryHealth(
    Reach reach, int people, Optional<Instant> confirmed, Duration offlineFor) {
  /** Whether there is a server to ask now. */
  public enum Reach {
    /** It answers, and tells of changes. */
    FOLLOWED,
    /** No server answers, or none has yet. */
    AWAY,
    /** A server answers, but does not let itself be copied now. */
    REFUSED
  }

  /** Until when who is known gets in, if no server answers before. */
  public Optional<Instant> knownUntil() {
    return confirmed.map(c -> c.plus(offlineFor));
  }

  /** How old the copy is, if there is one. */
  public Optional<Duration> age(InstantSource clock) {
    return confirmed.map(c -> Duration.between(c, clock.instant()));
  }
}
