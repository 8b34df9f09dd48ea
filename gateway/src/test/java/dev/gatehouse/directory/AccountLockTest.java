package dev.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a directory's locks keeps keys out: not those that strangers can bring about. */
final class AccountLockTest {
  @ParameterizedTest
  @CsvSource({
    "pwdAccountLockedTime, 000001010000Z, true",
    "pwdAccountLockedTime, 00000101000000Z, true",
    "pwdAccountLockedTime, 20261128213012Z, false",
    "pwdAccountLockedTime, 20261128213012.123456Z, false",
    "pwdAccountLockedTime, 2026112821Z, false",
    "pwdAccountLockedTime, '', true",
    "pwdAccountLockedTime, yes, true",
    "nsAccountLock, true, true",
    "nsAccountLock, FALSE, false",
    "userAccountControl, 512, false",
    "userAccountControl, 514, true",
    "userAccountControl, 528, false", // UF_LOCKOUT
    "userAccountControl, junk, true",
    "accountExpires, 0, false",
    "accountExpires, 9223372036854775807, false",
    "accountExpires, 131000000000000000, true",
    "shadowExpire, 1, true",
    "shadowExpire, -1, false",
    "shadowExpire, never, true"
  })
  void isLocked_byAttribute_ifKeysMustStayOut(String attribute, String value, boolean locked) {
    var entry = new Entry("uid=x", new Attribute(attribute, value));
    assertThat(AccountLock.isLocked(entry, "/bin/sh", InstantSource.system())).isEqualTo(locked);
  }
}
