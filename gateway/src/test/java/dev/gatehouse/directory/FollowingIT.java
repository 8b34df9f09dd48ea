package dev.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.gatehouse.directory.embedded.Slapd;
import dev.gatehouse.directory.following.RemoteDirectory;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.key.TestKeys;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a change in the directory, and the directory's absence, do to lookups. */
@Timeout(180)
final class FollowingIT {
  private static final Username ALICE = new Username("alice");
  private static final Username BOB = new Username("bob");
  private static final Username NOBODY = new Username("nobody");
  private static final PersonLookup UNKNOWN = new PersonLookup.Unknown();
  private static final String ALICE_DN = "uid=alice," + ContractSeed.PEOPLE;

  /** With syncprov, and without. */
  enum Kind {
    SYNCED,
    POLLED;

    Slapd.Setup setup() {
      return this == SYNCED ? Slapd.Setup.SYNCING : Slapd.Setup.PLAIN;
    }
  }

  @TempDir Path folder;

  @BeforeEach
  void require() {
    Slapd.require();
  }

  private Slapd slapd(Slapd.Setup setup) {
    return Slapd.start(folder, ContractSeed.ldif(), setup);
  }

  private static RemoteDirectory follow(Slapd slapd) {
    return follow(slapd, InstantSource.system());
  }

  private static RemoteDirectory follow(Slapd slapd, InstantSource clock) {
    var remote = RemoteDirectory.open(slapd.settings(), clock);
    Until.holds(() -> remote.copied().isPresent());
    return remote;
  }

  private static Optional<Person> person(RemoteDirectory remote, Username name) {
    return remote.directory().person(name) instanceof PersonLookup.Found(var person)
        ? Optional.of(person)
        : Optional.empty();
  }

  private static boolean hasKey(RemoteDirectory remote, SshPublicKey key) {
    return person(remote, ALICE).orElseThrow().publicKeys().contains(key);
  }

  private static void change(
      LDAPConnection ldap, ModificationType type, String attribute, String... values)
      throws LDAPException {
    ldap.modify(ALICE_DN, new Modification(type, attribute, values));
  }

  @ParameterizedTest
  @EnumSource
  void key_addedAndRemoved_isEffective(Kind kind) throws LDAPException {
    var key = TestKeys.ed25519(1);
    try (var slapd = slapd(kind.setup());
        var remote = follow(slapd);
        var ldap = slapd.connectAsAdministrator()) {
      change(ldap, ModificationType.ADD, "sshPublicKey", key.line());
      Until.holds(() -> hasKey(remote, key));
      change(ldap, ModificationType.DELETE, "sshPublicKey");
      Until.holds(() -> !hasKey(remote, key));
    }
  }

  @ParameterizedTest
  @EnumSource
  void person_disabledRenamedRemoved_isEffective(Kind kind) throws LDAPException {
    try (var slapd = slapd(kind.setup());
        var remote = follow(slapd);
        var ldap = slapd.connectAsAdministrator()) {
      change(ldap, ModificationType.REPLACE, "shadowExpire", "1");
      Until.holds(() -> person(remote, ALICE).orElseThrow().disabled());
      ldap.modifyDN(ALICE_DN, "uid=ada", true);
      Until.holds(() -> person(remote, new Username("ada")).isPresent());
      assertThat(remote.directory().person(ALICE)).isEqualTo(UNKNOWN);
      ldap.delete("uid=bob," + ContractSeed.PEOPLE);
      Until.holds(() -> person(remote, BOB).isEmpty());
    }
  }

  @ParameterizedTest
  @EnumSource
  void group_memberAddedAndGroupRemoved_isEffective(Kind kind) throws LDAPException {
    var others = new GroupName("others");
    try (var slapd = slapd(kind.setup());
        var remote = follow(slapd);
        var ldap = slapd.connectAsAdministrator()) {
      var dn = "cn=others," + ContractSeed.GROUPS;
      ldap.modify(dn, new Modification(ModificationType.ADD, "member", ALICE_DN));
      Until.holds(() -> person(remote, ALICE).orElseThrow().groups().contains(others));
      ldap.delete(dn);
      Until.holds(() -> !person(remote, ALICE).orElseThrow().groups().contains(others));
    }
  }

  /** It could not answer, and nobody waits for it: so nobody asks it. */
  @Test
  void person_warmAndServerHangs_needsNoRoundTrip() {
    try (var slapd = slapd(Slapd.Setup.SYNCING);
        var remote = follow(slapd)) {
      slapd.suspend();
      assertThat(person(remote, ALICE)).isPresent();
      assertThat(remote.directory().person(NOBODY)).isEqualTo(UNKNOWN);
      Until.holds(() -> remote.copied().orElseThrow().reach() == DirectoryHealth.Reach.AWAY);
      assertThat(person(remote, ALICE))
          .as("it is known to hang, and who is known gets in")
          .isPresent();
      slapd.resume();
      Until.holds(() -> remote.copied().orElseThrow().reach() == DirectoryHealth.Reach.FOLLOWED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void person_serverDies_isKnownForTheConfiguredTimeAndPasswordsAreNot(Kind kind) {
    var offset = new AtomicReference<>(Duration.ZERO);
    InstantSource clock = () -> Instant.now().plus(offset.get());
    try (var slapd = slapd(kind.setup());
        var remote = follow(slapd, clock)) {
      assertThat(remote.directory().password(ALICE, "correct horse"))
          .isEqualTo(new PasswordCheck.Right());
      slapd.kill();
      Until.holds(() -> remote.copied().orElseThrow().reach() == DirectoryHealth.Reach.AWAY);
      offset.set(Duration.ofMinutes(59));
      var health = remote.directory().health().orElseThrow();
      assertThat(health.reach()).isEqualTo(DirectoryHealth.Reach.AWAY);
      assertThat(health.age(clock).orElseThrow())
          .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
      assertThat(person(remote, ALICE)).isPresent();
      assertThat(remote.directory().person(NOBODY)).isEqualTo(UNKNOWN);
      assertThat(remote.directory().password(ALICE, "correct horse"))
          .isInstanceOf(PasswordCheck.Unavailable.class);
      offset.set(Duration.ofMinutes(61));
      assertThat(remote.directory().person(ALICE)).isInstanceOf(PersonLookup.Unavailable.class);
      assertThat(remote.directory().person(NOBODY)).isInstanceOf(PersonLookup.Unavailable.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void change_whileDisconnected_arrivesAfterTheRestart(Kind kind) throws LDAPException {
    var key = TestKeys.ed25519(1);
    try (var slapd = slapd(kind.setup());
        var remote = follow(slapd)) {
      slapd.kill();
      Until.holds(() -> remote.copied().orElseThrow().reach() == DirectoryHealth.Reach.AWAY);
      slapd.restart();
      try (var ldap = slapd.connectAsAdministrator()) {
        change(ldap, ModificationType.ADD, "sshPublicKey", key.line());
        ldap.delete("uid=bob," + ContractSeed.PEOPLE);
      }
      Until.holds(() -> hasKey(remote, key) && person(remote, BOB).isEmpty());
    }
  }

  /** Every entry has another UUID then, and the cookie is from a future that never came. */
  @ParameterizedTest
  @EnumSource
  void restore_fromABackup_isTheCopyToo(Kind kind) throws LDAPException {
    try (var slapd = slapd(kind.setup());
        var remote = follow(slapd)) {
      try (var ldap = slapd.connectAsAdministrator()) {
        change(ldap, ModificationType.ADD, "sshPublicKey", TestKeys.ed25519(1).line());
      }
      Until.holds(() -> hasKey(remote, TestKeys.ed25519(1)));
      slapd.kill();
      slapd.restartWith(
          ContractSeed.ldif().replace("uid=bob", "uid=newbob").replace("uid: bob", "uid: newbob"));
      Until.holds(() -> person(remote, new Username("newbob")).isPresent());
      Until.holds(() -> person(remote, BOB).isEmpty());
      assertThat(person(remote, ALICE).orElseThrow().keys()).isEmpty();
    }
  }

  @Test
  void open_serverIsAway_findsPeopleWhenItComes() {
    try (var slapd = slapd(Slapd.Setup.SYNCING)) {
      slapd.kill();
      try (var remote = RemoteDirectory.open(slapd.settings(), InstantSource.system())) {
        assertThat(remote.directory().person(ALICE)).isInstanceOf(PersonLookup.Unavailable.class);
        slapd.restart();
        Until.holds(() -> remote.copied().isPresent());
        assertThat(person(remote, ALICE)).isPresent();
      }
    }
  }

  /** As many as a university has; says how long it took. */
  @Test
  void tenThousandPeople_areCopied() throws IOException {
    var count = 10_000;
    var key = TestKeys.ed25519(1).line();
    var ldif = new StringBuilder(AdministrationContract.seed());
    IntStream.range(0, count).forEach(i -> ldif.append(ManyPeople.person(i, key)));
    ldif.append(ManyPeople.everyone(count));
    Files.createDirectories(folder);
    try (var slapd = Slapd.start(folder, ldif.toString(), Slapd.Setup.SYNCING);
        var remote = RemoteDirectory.open(slapd.settings(), InstantSource.system())) {
      var took = Until.holds(() -> remote.copied().isPresent());
      System.err.printf("%d people copied from slapd in %d ms%n", count, took.toMillis());
      assertThat(remote.copied().orElseThrow().replica().countOfPeople()).isEqualTo(count);
      var last = person(remote, new Username("p" + (count - 1))).orElseThrow();
      assertThat(last.groups()).containsExactly(new GroupName("everyone"));
      assertThat(last.publicKeys()).isEqualTo(List.of(TestKeys.ed25519(1)));
    }
  }
}
