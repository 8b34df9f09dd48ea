package dev.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.name.Username;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The password policy locks an account after wrong passwords, without a trace in modifyTimestamp;
 * who is locked must not get in by the copy either.
 */
final class LockedByPolicyIT {
  private static final Username ALICE = new Username("alice");

  private static final String POLICY =
      """
      dn: cn=default,dc=gatehouse,dc=local
      objectClass: device
      objectClass: pwdPolicy
      cn: default
      pwdAttribute: userPassword
      pwdLockout: TRUE
      pwdMaxFailure: 2

      """;

  private static boolean isDisabled(Directory directory) {
    return ((PersonLookup.Found) directory.person(ALICE)).person().disabled();
  }

  @Test
  void person_lockedAfterWrongPasswords_isDisabledInTheCopyToo(@TempDir Path folder) {
    Slapd.require();
    var setup =
        Slapd.Setup.PLAIN.with(
            "syncprov",
            "ppolicy_default cn=default,%s\noverlay syncprov".formatted(ContractSeed.BASE));
    try (var slapd = Slapd.start(folder, ContractSeed.ldif() + POLICY, setup);
        var remote = RemoteDirectory.open(slapd.settings(), InstantSource.system())) {
      Until.holds(() -> remote.copied().isPresent());
      assertThat(isDisabled(remote.directory())).isFalse();
      for (var i = 0; i < 2; i++) {
        assertThat(remote.directory().password(ALICE, "wrong" + i))
            .isEqualTo(new PasswordCheck.Wrong());
      }
      assertThat(remote.directory().password(ALICE, "correct horse"))
          .isEqualTo(new PasswordCheck.Wrong());
      assertThat(isDisabled(remote.direct())).isTrue();
      Until.holds(() -> isDisabled(remote.directory()));
    }
  }
}
