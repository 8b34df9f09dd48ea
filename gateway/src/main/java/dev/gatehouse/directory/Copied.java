package dev.gatehouse.directory;

import dev.gatehouse.directory.DirectoryHealth.Reach;
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
