package dev.gatehouse.directory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A copy of the directory and how far it can be trusted. Written by one thread.
 *
 * @param replica what was copied
 * @param confirmed when it was last known to be what the directory says
 * @param reach whether there is a server to ask now
 */
record Copied(Replica replica, Instant confirmed, Reach reach) {
  enum Reach {
    /** It answers, and tells of changes. */
    FOLLOWED,
    /** No server answers. */
    AWAY,
    /** A server answers, but does not let itself be copied now. */
    REFUSED
  }

  Duration age(InstantSource clock) {
    return Duration.between(confirmed, clock.instant());
  }

  Copied at(Instant when) {
    return new Copied(replica, when, Reach.FOLLOWED);
  }

  Copied with(Reach other) {
    return new Copied(replica, confirmed, other);
  }
}
