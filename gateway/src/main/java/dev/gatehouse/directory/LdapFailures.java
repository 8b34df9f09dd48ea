package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import java.util.Set;

/** What an LDAP result code (RFC 4511, appendix A, and the SDK's own) means for the caller. */
final class LdapFailures {
  private static final Set<ResultCode> PASSING =
      Set.of(
          ResultCode.BUSY,
          ResultCode.UNAVAILABLE,
          ResultCode.TIME_LIMIT_EXCEEDED,
          ResultCode.ADMIN_LIMIT_EXCEEDED,
          ResultCode.SERVER_DOWN,
          ResultCode.CONNECT_ERROR,
          ResultCode.TIMEOUT);

  /** A server that is a copy sends elsewhere, or is unwilling (RFC 4511, A.2). */
  private static final Set<ResultCode> READ_ONLY =
      Set.of(
          ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
          ResultCode.REFERRAL,
          ResultCode.UNWILLING_TO_PERFORM);

  private LdapFailures() {}

  /** Whether the same question may be answered later, by this server or another. */
  static boolean mayPass(LDAPException e) {
    return PASSING.contains(e.getResultCode()) || !e.getResultCode().isConnectionUsable();
  }

  /** What to tell of a change or a question that did not work. */
  static FailureException ofChange(LDAPException e) {
    if (mayPass(e)) {
      return unavailable(e);
    }
    return READ_ONLY.contains(e.getResultCode())
        ? new FailureException(readOnly(), e)
        : new FailureException(
            new Failure.Broken("directory-refused", "the directory refused the change"), e);
  }

  static FailureException unavailable(Throwable cause) {
    return new FailureException(
        new Failure.Unavailable("directory-unavailable", "the directory does not answer"), cause);
  }

  static Failure.Denied readOnly() {
    return new Failure.Denied(
        "directory-read-only",
        "the directory does not let the gateway change this: use the tools of who keeps it");
  }

  /** One line for the log. */
  static String describe(LDAPException e) {
    return e.getResultCode().getName() + ": " + Quote.plain(String.valueOf(e.getMessage()));
  }
}
