package dev.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.gatehouse.name.Username;
import java.nio.file.Path;
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
