package dev.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.key.Restrictions;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.key.TestKeys;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every directory does with the same entries, whichever server holds them. */
public abstract class DirectoryContract {
  /** Day 20781 since 1970. */
  public static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z"));

  /** The directory that holds {@link ContractSeed#ldif}, with {@link #CLOCK}. */
  public abstract Directory directory();

  private PersonLookup look(String username) {
    return directory().person(new Username(username));
  }

  private Person found(String username) {
    var lookup = look(username);
    assertThat(lookup).isInstanceOf(PersonLookup.Found.class);
    return ((PersonLookup.Found) lookup).person();
  }

  @Test
  void person_withEverything_isFoundWithEverything() {
    var alice = found("alice");
    assertThat(alice.username()).isEqualTo(new Username("alice"));
    assertThat(alice.uidNumber()).isEqualTo(20000);
    assertThat(alice.gidNumber()).isEqualTo(20000);
    assertThat(alice.displayName()).isEqualTo("Alice L.");
    assertThat(alice.homeDirectory()).isEqualTo("/home/alice");
    assertThat(alice.loginShell()).isEqualTo("/bin/zsh");
    assertThat(alice.publicKeys()).isEmpty();
    assertThat(alice.disabled()).isFalse();
  }

  /** Primary by number, rfc2307bis by DN, rfc2307 by name; a name that is no POSIX name is left. */
  @Test
  void person_groups_areOfAllThreeKinds() {
    assertThat(found("alice").groups())
        .extracting(GroupName::value)
        .containsExactly("by-name", "ml", "staff", "two-names");
    assertThat(found("bob").groups())
        .extracting(GroupName::value)
        .containsExactly("by-name", "others", "staff");
  }

  @Test
  void person_dnFullOfFilterCharacters_isFoundInTheirGroups() {
    assertThat(found("comma").groups())
        .extracting(GroupName::value)
        .containsExactly("hara", "staff");
  }

  @Test
  void person_withoutShellAndDisplayName_getsTheUsualOnes() {
    assertThat(found("bob").loginShell()).isEqualTo("/bin/sh");
    assertThat(found("bob").displayName()).isEqualTo("bob");
  }

  @Test
  void person_belowAnotherUnit_isFound() {
    assertThat(found("guest").disabled()).isFalse();
  }

  @Test
  void person_keysOfAllSorts_keepsTheAcceptedOnes() {
    assertThat(found("keys").publicKeys())
        .containsExactlyInAnyOrder(
            SshPublicKey.parse(TestKeys.line("ed25519")),
            SshPublicKey.parse(TestKeys.line("ecdsab256")));
  }

  @Test
  void person_keyWithOptions_keepsThem() {
    assertThat(found("keys").keys())
        .filteredOn(k -> !k.restrictions().equals(Restrictions.NONE))
        .singleElement()
        .satisfies(k -> assertThat(k.restrictions().pty()).isFalse());
  }

  @Test
  void person_keyWithConditions_keepsAllOfThem() {
    assertThat(found("options").keys())
        .singleElement()
        .satisfies(
            k -> {
              assertThat(k.from()).isPresent();
              assertThat(k.expiry()).contains(Instant.parse("2030-01-01T00:00:00Z"));
              assertThat(k.restrictions().portForwarding()).isFalse();
              assertThat(k.restrictions().forcedCommand()).contains("uptime");
            });
  }

  @Test
  void password_right_isRight() {
    assertThat(password("alice", "correct horse")).isEqualTo(new PasswordCheck.Right());
  }

  @ParameterizedTest
  @CsvSource({
    "alice, wrong",
    "alice, ''", // to LDAP that is an anonymous bind, which succeeds
    "alice, '{SSHA512}correct horse'",
    "alice, *",
    "alice, *)(uid=*",
    "alice, \\00",
    "bob, ''",
    "bob, anything", // has none
    "nobody, anything",
    "twice, anything"
  })
  void password_anyOther_isWrong(String username, String password) {
    assertThat(password(username, password)).isEqualTo(new PasswordCheck.Wrong());
  }

  private PasswordCheck password(String username, String password) {
    return directory().password(new Username(username), password);
  }

  @ParameterizedTest
  @ValueSource(strings = {"expired", "zero", "nologin", "false", "locked"})
  void person_ofALockedAccount_isDisabled(String username) {
    assertThat(found(username).disabled()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"expires-later", "expires-never", "guessed-at"})
  void person_ofAnAccountThatIsNotLockedForKeys_isNotDisabled(String username) {
    assertThat(found(username).disabled()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "contact", "x", "_", "staff"})
  void person_whoIsNone_isUnknown(String username) {
    assertThat(look(username)).isEqualTo(new PersonLookup.Unknown());
  }

  /** Root above all: a workspace runs under the number that the directory says. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "root",
        "negative",
        "huge",
        "wheel",
        "weird-shell",
        "colon-shell",
        "dots",
        "twice",
        "upper"
      })
  void person_ofAnEntryUnfitToLogIn_isUnknown(String username) {
    assertThat(look(username)).isEqualTo(new PersonLookup.Unknown());
  }

  @Test
  void person_displayName_drivesNoTerminal() {
    assertThat(found("colours").displayName()).isEqualTo("?[31mEve");
    assertThat(found("umlaut").displayName()).isEqualTo("Jürgen Weißenberg");
  }
}
