package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import dev.gatehouse.cluster.LdapSettings;
import dev.gatehouse.cluster.LdapSettings.Bind;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import java.util.Set;

/** What an LDAP result code (RFC 4511, appendix A, and the SDK's own) means for the caller. */
public final class LdapFailures {
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
  public static boolean mayPass(LDAPException e) {
    return PASSING.contains(e.getResultCode()) || !e.getResultCode().isConnectionUsable();
  }

  /**
   * What to tell of a question that did not work. Nothing was to be changed.
   *
   * @param account who the gateway is to the directory
   */
  public static FailureException ofQuestion(LDAPException e, String account) {
    if (mayPass(e)) {
      return unavailable(e);
    }
    return isSizeLimit(e)
        ? new FailureException(new Failure.Broken("directory-size-limit", sizeLimit(e, account)), e)
        : new FailureException(
            new Failure.Broken("directory-refused", "the directory refused the gateway's question"),
            e);
  }

  /**
   * What to tell of a change that did not work; what had to be asked for it is told as a question.
   */
  public static FailureException ofChange(LDAPException e, String account) {
    if (mayPass(e)) {
      return unavailable(e);
    }
    if (e instanceof LDAPSearchException) {
      return ofQuestion(e, account);
    }
    return READ_ONLY.contains(e.getResultCode())
        ? new FailureException(readOnly(), e)
        : new FailureException(
            new Failure.Broken("directory-refused", "the directory refused the change"), e);
  }

  public static FailureException unavailable(Throwable cause) {
    return new FailureException(
        new Failure.Unavailable("directory-unavailable", "the directory does not answer"), cause);
  }

  public static Failure.Denied readOnly() {
    return new Failure.Denied(
        "directory-read-only",
        "the directory does not let the gateway change this: use the tools of who keeps it");
  }

  private static boolean isSizeLimit(LDAPException e) {
    return e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED);
  }

  /** OpenLDAP counts the entries of all pages of one search together: slapd.conf(5), "limits". */
  private static String sizeLimit(LDAPException e, String account) {
    var most =
        e instanceof LDAPSearchException search && search.getEntryCount() > 0
            ? search.getEntryCount() + " entries"
            : "a limited number of entries";
    return ("the directory gives %s at most to %s, so not everybody is found: take the limit away"
            + " (OpenLDAP: olcLimits with size=unlimited and size.prtotal=unlimited)")
        .formatted(most, account);
  }

  /** The same as a line of the log that says what to do, where we know. */
  public static String describe(LDAPException e, String account) {
    return isSizeLimit(e) ? sizeLimit(e, account) : describe(e);
  }

  /** The gateway's entry, as an administrator of the directory knows it. */
  public static String account(LdapSettings settings) {
    return switch (settings.bind()) {
      case Bind.Simple(var dn, _) -> Quote.plain(dn);
      case Bind.External(var certificate, _) -> "who has the certificate " + certificate;
    };
  }

  /** One line for the log. */
  public static String describe(LDAPException e) {
    return e.getResultCode().getName() + ": " + Quote.plain(String.valueOf(e.getMessage()));
  }
}
