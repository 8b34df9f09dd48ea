package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which a directory says that somebody may not log in, by whatever means. A lock that
 * comes of wrong passwords, and goes by itself or with a new one, is not among them: the server
 * refuses passwords itself then, and keys must go on, or any stranger could keep anybody out. So do
 * sssd ({@code ldap_access_order = lockout}) and its Active Directory provider.
 */
public final class AccountLock {
  /** Some are operational: a server returns them only when they are named. */
  public static final List<String> ATTRIBUTES =
      List.of(
          "shadowExpire",
          "pwdAccountLockedTime",
          "nsAccountLock",
          "userAccountControl",
          "accountExpires");

  /** Of {@code shadowExpire}, a day in 1970: the account has expired (shadow(5)). */
  public static final String EXPIRED = "1";

  private static final Set<String> NO_SHELLS = Set.of("nologin", "false");

  /**
   * When somebody was locked, in UTC (draft-behera-ldap-password-policy-10, 5.3.3); year 0 is no
   * time but says that it is for good, which only an administrator does.
   */
  private static final Pattern LOCKED_TIME = Pattern.compile("(?!0000)[0-9]{10,14}([.,][0-9]+)?Z");

  /** ADS_UF_ACCOUNTDISABLE (MS-ADTS, 2.2.16). */
  private static final long DISABLED = 0x2;

  /** Never: 0 and this (MS-ADA1, 2.1). */
  private static final long FOREVER = Long.MAX_VALUE;

  private static final Instant WINDOWS_EPOCH = Instant.parse("1601-01-01T00:00:00Z");

  private AccountLock() {}

  static boolean isLocked(Entry entry, String shell, InstantSource clock) {
    return isExpired(entry.getAttributeValue("shadowExpire"), clock)
        || isNoShell(shell)
        || isLockedForGood(entry.getAttributeValue("pwdAccountLockedTime"))
        || "true".equalsIgnoreCase(entry.getAttributeValue("nsAccountLock"))
        || isLockedInWindows(entry, clock);
  }

  public static boolean isNoShell(String shell) {
    return NO_SHELLS.contains(shell.substring(shell.lastIndexOf('/') + 1));
  }

  /** Of {@code pwdAccountLockedTime}. */
  public static boolean isLockedForGood(@Nullable String time) {
    return time != null && !LOCKED_TIME.matcher(time).matches();
  }

  private static boolean isLockedInWindows(Entry entry, InstantSource clock) {
    var flags = number(entry.getAttributeValue("userAccountControl"));
    var expires = number(entry.getAttributeValue("accountExpires"));
    return (flags & DISABLED) != 0
        || (expires != 0 && expires != FOREVER && !clock.instant().isBefore(windowsTime(expires)));
  }

  /** Steps of 100 ns since 1601. */
  private static Instant windowsTime(long steps) {
    return WINDOWS_EPOCH.plus(Duration.ofSeconds(steps / 10_000_000));
  }

  /** As flags, and as a time long ago, -1 locks: what nobody understands stays shut. */
  private static long number(@Nullable String value) {
    try {
      return value == null ? 0 : Long.parseLong(value);
    } catch (NumberFormatException e) {
      return -1;
    }
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
