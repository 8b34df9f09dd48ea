package dev.gatehouse.directory.following;

import com.unboundid.ldap.sdk.LDAPException;
import dev.gatehouse.directory.Replica;
import dev.gatehouse.directory.Roster;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Everybody from the followed copy, where the server tells of each change at once. Who has just
 * changed somebody is to see it: for a moment after a change of our own, the directory is asked.
 */
final class FollowedRoster implements Roster {
  /** By far more than a change takes to arrive. */
  private static final Duration ARRIVED = Duration.ofSeconds(10);

  private final Roster asked;
  private final Supplier<Optional<ReplicaSnapshot>> followed;
  private final Duration maxAge;
  private final InstantSource clock;
  private volatile Instant changed = Instant.EPOCH;

  /**
   * @param asked answers from the directory itself
   * @param followed the copy, if changes come to it at once
   * @param maxAge how old what is known may be
   */
  FollowedRoster(
      Roster asked,
      Supplier<Optional<ReplicaSnapshot>> followed,
      Duration maxAge,
      InstantSource clock) {
    this.asked = asked;
    this.followed = followed;
    this.maxAge = maxAge;
    this.clock = clock;
  }

  /** To be told of each change that this gateway has made. */
  void changed() {
    changed = clock.instant();
  }

  @Override
  public Replica replica() throws LDAPException {
    var copy = followed.get().filter(this::isFresh);
    return copy.isPresent() ? copy.get().replica() : asked.replica();
  }

  private boolean isFresh(ReplicaSnapshot replicaSnapshot) {
    return replicaSnapshot.age(clock).compareTo(maxAge) <= 0
        && Duration.between(changed, clock.instant()).compareTo(ARRIVED) > 0;
  }
}
