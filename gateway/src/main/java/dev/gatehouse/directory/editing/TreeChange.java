package dev.gatehouse.directory.editing;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;

/** What is to be changed; it sees the changes before it and its own. */
public interface TreeChange {
  void on(LDAPInterface tree) throws LDAPException;
}
