package dev.gatehouse.directory.following;

import dev.gatehouse.directory.DirectoryHealth.Reach;
import dev.gatehouse.directory.Replica;
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
public record ReplicaSnapshot(Replica replica, Instant confirmed, Reach reach) {
  Duration age(InstantSource clock) {
    return Duration.between(confirmed, clock.instant());
  }

  ReplicaSnapshot at(Instant when) {
    return new ReplicaSnapshot(replica, when, Reach.FOLLOWED);
  }

  ReplicaSnapshot with(Reach other) {
    return new ReplicaSnapshot(replica, confirmed, other);
  }
}
