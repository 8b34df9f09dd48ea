package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import dev.gatehouse.cluster.LdapSettings.Ids;

/** The lowest number that no entry has, where no two changes happen at once. */
record LowestNumbers(Tree tree, Ids ids) implements Numbers {
  @Override
  public String next(LDAPInterface ldap, String attribute) throws LDAPException {
    var range = TakenNumbers.range(ids, attribute);
    return Integer.toString(
        TakenNumbers.in(ldap, tree, attribute).lowestFree(range, range.first()));
  }
}
