package dev.gatehouse.directory.editing;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;

/** Where the numbers of new people and groups come from. */
public interface Numbers {
  /**
   * A number that no entry has.
   *
   * @param attribute {@code uidNumber} or {@code gidNumber}
   * @throws dev.gatehouse.failure.FailureException as {@code directory-ids}, if there is none left
   */
  String next(LDAPInterface ldap, String attribute) throws LDAPException;

  /**
   * The same for one change, by one thread, which needs many: the directory is asked once for all.
   *
   * @param count about how many
   */
  Numbers reserving(int count);
}
