package dev.gatehouse.directory.following;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.gatehouse.directory.ContractSeed;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.PasswordCheck;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.directory.Until;
import dev.gatehouse.directory.embedded.Slapd;
import dev.gatehouse.name.Username;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Anybody can type wrong passwords for somebody else, until the password policy takes none of them
 * any more. If that kept keys out too, strangers could keep everybody out of the gateway. Who was
 * locked for good, by an administrator, must not get in by a key.
 */
final class LockedByPolicyIT {
  private static final Username ALICE = new Username("alice");
  private static final PasswordCheck WRONG = new PasswordCheck.Wrong();

  private static final String POLICY =
      """
      dn: cn=default,dc=gatehouse,dc=local
      objectClass: device
      objectClass: pwdPolicy
      cn: default
      pwdAttribute: userPassword
      pwdLockout: TRUE
      pwdMaxFailure: 5

      """;

  @TempDir Path folder;
  private Slapd slapd;
  private RemoteDirectory remote;

  @BeforeEach
  void start() {
    Slapd.require();
    var setup =
        Slapd.Setup.PLAIN.with(
            "syncprov",
            "ppolicy_default cn=default,%s\noverlay syncprov".formatted(ContractSeed.BASE));
    slapd = Slapd.start(folder, ContractSeed.ldif() + POLICY, setup);
    remote = RemoteDirectory.open(slapd.settings(), InstantSource.system());
    Until.holds(() -> remote.copied().isPresent());
  }

  @AfterEach
  void stop() {
    if (slapd != null) {
      remote.close();
      slapd.close();
    }
  }

  private static boolean isDisabled(Directory directory) {
    return ((PersonLookup.Found) directory.person(ALICE)).person().disabled();
  }

  private PasswordCheck password(String password) {
    return remote.directory().password(ALICE, password);
  }

  @Test
  void person_afterFiveWrongPasswords_hasNoPasswordThatIsRightAndIsNotDisabled()
      throws LDAPException {
    assertThat(password("correct horse")).isEqualTo(new PasswordCheck.Right());
    for (var i = 0; i < 5; i++) {
      assertThat(password("wrong" + i)).isEqualTo(WRONG);
    }
    assertThat(password("correct horse")).isEqualTo(WRONG);
    assertThat(lockedTime()).isNotNull();
    assertThat(isDisabled(remote.direct())).isFalse();
    // It has heard of the change once it has heard of a later one.
    remote.administration().setDisabled(new Username("bob"), true);
    Until.holds(
        () ->
            ((PersonLookup.Found) remote.directory().person(new Username("bob")))
                .person()
                .disabled());
    assertThat(isDisabled(remote.directory())).isFalse();
  }

  private void wrongPasswords(int count) {
    for (var i = 0; i < count; i++) {
      assertThat(password("wrong" + i)).isEqualTo(WRONG);
    }
  }

  /** Each sends the entry anew; anybody can type them all day. */
  @Test
  void copy_wrongPasswords_hasNothingToDo() {
    var replica = remote.copied().orElseThrow().replica();
    var before = replica.changes();
    wrongPasswords(4);
    remote.administration().setDisabled(new Username("bob"), true);
    Until.holds(() -> replica.changes() > before);
    assertThat(replica.changes()).as("bob's, and none of alice's").isEqualTo(before + 1);
  }

  @Test
  void locks_wrongPasswords_areToldForAsLongAsTheyLast() throws LDAPException {
    try (var ldap = slapd.connectAsAdministrator()) {
      ldap.modify(
          "cn=default," + ContractSeed.BASE,
          new Modification(ModificationType.ADD, "pwdLockoutDuration", "300"));
    }
    assertThat(remote.administration().locks(ALICE)).isEmpty();
    wrongPasswords(5);
    assertThat(remote.administration().locks(ALICE))
        .singleElement()
        .asString()
        .matches("wrong passwords: none is taken until [0-9T:-]+Z; keys are");
    InstantSource later = () -> Instant.now().plusSeconds(301);
    try (var afterwards = RemoteDirectory.open(slapd.settings(), later)) {
      assertThat(afterwards.administration().locks(ALICE)).isEmpty();
      assertThat(lockedTime()).as("the attribute is there still").isNotNull();
      afterwards.administration().setDisabled(ALICE, true);
      assertThat(afterwards.administration().locks(ALICE)).containsExactly("shadowExpire: 1");
    }
  }

  /** Without a duration only somebody who sets a password ends it. */
  @Test
  void locks_policyWithoutAnEnd_sayWhatEndsThem() {
    wrongPasswords(5);
    assertThat(remote.administration().locks(ALICE))
        .singleElement()
        .asString()
        .contains("none is taken until a new one is set");
  }

  @Test
  void person_lockedForGoodByAnAdministrator_isDisabledInTheCopyToo() throws LDAPException {
    assertThat(isDisabled(remote.directory())).isFalse();
    try (var ldap = slapd.connectAsAdministrator()) {
      ldap.modify(
          "uid=alice," + ContractSeed.PEOPLE,
          new Modification(ModificationType.REPLACE, "pwdAccountLockedTime", "000001010000Z"));
    }
    assertThat(isDisabled(remote.direct())).isTrue();
    Until.holds(() -> isDisabled(remote.directory()));
    assertThat(password("correct horse")).isEqualTo(WRONG);
  }

  private String lockedTime() throws LDAPException {
    try (var ldap = slapd.connectAsAdministrator()) {
      return ldap.getEntry("uid=alice," + ContractSeed.PEOPLE, "pwdAccountLockedTime")
          .getAttributeValue("pwdAccountLockedTime");
    }
  }
}
