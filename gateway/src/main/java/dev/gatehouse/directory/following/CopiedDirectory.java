package dev.gatehouse.directory.following;

import dev.gatehouse.cluster.LdapSettings.Cache;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.DirectoryHealth;
import dev.gatehouse.directory.DirectoryHealth.Reach;
import dev.gatehouse.directory.PasswordCheck;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.name.Username;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers from a copy of the directory while that is fresh, or while no server can be reached and
 * it is not too old; asks the directory otherwise. Which of the two depends on nothing that a name
 * could tell: the copy has everybody or is not used. Passwords are always the directory's.
 */
public final class CopiedDirectory implements Directory {
  private final Directory direct;
  private final Supplier<Optional<ReplicaSnapshot>> copy;
  private final Cache cache;
  private final InstantSource clock;

  public CopiedDirectory(
      Directory direct,
      Supplier<Optional<ReplicaSnapshot>> copy,
      Cache cache,
      InstantSource clock) {
    this.direct = direct;
    this.copy = copy;
    this.cache = cache;
    this.clock = clock;
  }

  @Override
  public PersonLookup person(Username username) {
    var usable = copy.get().filter(this::isUsable);
    return usable.isPresent() ? usable.get().replica().person(username) : direct.person(username);
  }

  private boolean isUsable(ReplicaSnapshot replicaSnapshot) {
    var age = replicaSnapshot.age(clock);
    return age.compareTo(cache.maxAge()) <= 0
        || switch (replicaSnapshot.reach()) {
          // One that said nothing for so long hangs.
          case FOLLOWED, AWAY -> age.compareTo(cache.offlineFor()) <= 0;
          case REFUSED -> false;
        };
  }

  @Override
  public Optional<DirectoryHealth> health() {
    var now = copy.get();
    return Optional.of(
        new DirectoryHealth(
            now.map(ReplicaSnapshot::reach).orElse(Reach.AWAY),
            now.map(c -> c.replica().countOfPeople()).orElse(0),
            now.map(ReplicaSnapshot::confirmed),
            cache.offlineFor()));
  }

  @Override
  public PasswordCheck password(Username username, String password) {
    return direct.password(username, password);
  }
}
