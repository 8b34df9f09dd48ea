package dev.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.LdapSettings.Cache;
import dev.gatehouse.directory.DirectoryHealth.Reach;
import dev.gatehouse.directory.embedded.EmbeddedDirectory;
import dev.gatehouse.directory.following.CopiedDirectory;
import dev.gatehouse.directory.following.ReplicaSnapshot;
import dev.gatehouse.name.Username;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the copy is asked or the directory: it depends on the copy's age, never on a name. */
final class CopiedDirectoryTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final Cache CACHE = new Cache(Duration.ofSeconds(30), Duration.ofHours(12));
  private static final PersonLookup ASKED = new PersonLookup.Unavailable("asked");

  /** Answers in a way that the copy cannot. */
  private static final Directory DIRECT =
      new Directory() {
        @Override
        public PersonLookup person(Username username) {
          return ASKED;
        }

        @Override
        public PasswordCheck password(Username username, String password) {
          return new PasswordCheck.Unavailable("asked");
        }
      };

  private static Directory over(Optional<ReplicaSnapshot> copied) {
    return new CopiedDirectory(DIRECT, () -> copied, CACHE, CLOCK);
  }

  private static Optional<ReplicaSnapshot> copy(Duration age, Reach reach) {
    var replica =
        new Replica(SchemaMapping.usual(EmbeddedDirectory.TREE), new PersonEntry(CLOCK, false));
    return Optional.of(new ReplicaSnapshot(replica, NOW.minus(age), reach));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, FOLLOWED, true",
    "PT30S, FOLLOWED, true",
    "PT31S, FOLLOWED, true",
    "PT12H, FOLLOWED, true",
    "PT12H1S, FOLLOWED, false",
    "PT30S, AWAY, true",
    "PT12H, AWAY, true",
    "PT12H1S, AWAY, false",
    "PT30S, REFUSED, true",
    "PT31S, REFUSED, false"
  })
  void person_byAgeAndReach_isOutOfTheCopyOrAsked(Duration age, Reach reach, boolean copied) {
    var lookup = over(copy(age, reach)).person(new Username("nobody"));
    assertThat(lookup).isEqualTo(copied ? new PersonLookup.Unknown() : ASKED);
  }

  @Test
  void person_noCopyYet_isAsked() {
    assertThat(over(Optional.empty()).person(new Username("nobody"))).isEqualTo(ASKED);
  }

  @Test
  void password_withAFreshCopy_isAsked() {
    assertThat(over(copy(Duration.ZERO, Reach.FOLLOWED)).password(new Username("a"), "b"))
        .isEqualTo(new PasswordCheck.Unavailable("asked"));
  }
}
