package dev.gatehouse.directory.editing;

import com.unboundid.ldap.sdk.FullLDAPInterface;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.extensions.PasswordModifyExtendedRequest;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import org.jspecify.annotations.Nullable;

/** New passwords. What else they must be is the directory's to say. */
public final class Passwords {
  private static final int MAX = 1024;

  private Passwords() {}

  /**
   * @throws UserError if it could not be used to log in
   */
  static void require(String password) {
    if (password.isEmpty()
        || password.length() > MAX
        || password.codePoints().anyMatch(Character::isISOControl)) {
      throw new UserError(
          ExitCode.DATAERR,
          "a password has 1 to %d characters and no control characters".formatted(MAX));
    }
  }

  /**
   * Lets the server hash it (RFC 3062).
   *
   * @param before null for an administrator's change
   * @throws LDAPException with the server's reason
   */
  public static void change(
      FullLDAPInterface ldap, String dn, @Nullable String before, String after)
      throws LDAPException {
    var answer =
        ldap.processExtendedOperation(new PasswordModifyExtendedRequest(dn, before, after));
    if (!answer.getResultCode().equals(ResultCode.SUCCESS)) {
      throw new LDAPException(answer);
    }
  }
}
