package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.Entry;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ways in which a directory says that somebody may not log in. */
final class AccountLock {
  private static final Set<String> NO_SHELLS = Set.of("nologin", "false");

  private AccountLock() {}

  static boolean isLocked(Entry entry, String shell, InstantSource clock) {
    return isExpired(entry.getAttributeValue("shadowExpire"), clock)
        || NO_SHELLS.contains(shell.substring(shell.lastIndexOf('/') + 1))
        || entry.hasAttribute("pwdAccountLockedTime");
  }

  /**
   * Days since 1970 in UTC; -1 means never, as in shadow(5), and so does no value. What is no
   * number counts as expired: a lock that nobody understands stays shut.
   */
  private static boolean isExpired(@Nullable String day, InstantSource clock) {
    if (day == null) {
      return false;
    }
    try {
      var expires = Long.parseLong(day);
      return expires >= 0 && today(clock) >= expires;
    } catch (NumberFormatException e) {
      return true;
    }
  }

  private static long today(InstantSource clock) {
    return clock.instant().atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
  }
}
