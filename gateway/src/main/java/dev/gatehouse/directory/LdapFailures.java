package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
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

  private LdapFailures() {}

  /** Whether the same question may be answered later, by this server or another. */
  static boolean mayPass(LDAPException e) {
    return PASSING.contains(e.getResultCode()) || !e.getResultCode().isConnectionUsable();
  }

  /** One line for the log. */
  static String describe(LDAPException e) {
    return e.getResultCode().getName() + ": " + Quote.plain(String.valueOf(e.getMessage()));
  }
}
