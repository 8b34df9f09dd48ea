package dev.gatehouse.directory.deployed;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldif.LDIFException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Entries of people and groups, as they are written and asked for. */
final class Entries {
  static final String BASE = SlapdHome.BASE;
  static final String PEOPLE = "ou=people," + BASE;
  static final String GROUPS = "ou=groups," + BASE;
  static final String ADMINISTRATORS = "cn=gatehouse-admins," + GROUPS;
  static final String POLICY = "cn=default,ou=policies," + BASE;

  private Entries() {}

  static String person(String uid) {
    return "uid=" + uid + "," + PEOPLE;
  }

  static String group(String cn) {
    return "cn=" + cn + "," + GROUPS;
  }

  /** What a good password of theirs is. */
  static String password(String uid) {
    return "the password of " + uid;
  }

  static void addPerson(LDAPInterface ldap, String uid, int number, String... more)
      throws LDAPException {
    var lines =
        Stream.concat(
            Stream.of(
                "dn: " + person(uid),
                "objectClass: inetOrgPerson",
                "objectClass: posixAccount",
                "objectClass: shadowAccount",
                "objectClass: ldapPublicKey",
                "uid: " + uid,
                "cn: " + uid,
                "sn: " + uid,
                "uidNumber: " + number,
                "gidNumber: 10000",
                "homeDirectory: /home/" + uid,
                "userPassword: " + password(uid)),
            Stream.of(more));
    add(ldap, lines.toArray(String[]::new));
  }

  static void addGroup(LDAPInterface ldap, String cn, int number, String member)
      throws LDAPException {
    add(
        ldap,
        "dn: " + group(cn),
        "objectClass: groupOfNames",
        "objectClass: posixGroup",
        "cn: " + cn,
        "gidNumber: " + number,
        "member: " + member);
  }

  private static void add(LDAPInterface ldap, String... lines) throws LDAPException {
    try {
      ldap.add(new Entry(lines));
    } catch (LDIFException e) {
      throw new AssertionError(e);
    }
  }

  static void change(
      LDAPInterface ldap, String dn, ModificationType kind, String attribute, String... values)
      throws LDAPException {
    ldap.modify(dn, new Modification(kind, attribute, values));
  }

  /** The values of an attribute; none, if there is no such entry for who asks. */
  static List<String> values(LDAPInterface ldap, String dn, String attribute) throws LDAPException {
    try {
      var entries =
          ldap.search(dn, SearchScope.BASE, "(objectClass=*)", attribute).getSearchEntries();
      @Nullable String @Nullable [] values =
          entries.isEmpty() ? null : entries.getFirst().getAttributeValues(attribute);
      return values == null ? List.of() : Stream.of(values).map(String::valueOf).toList();
    } catch (LDAPSearchException e) {
      if (e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
        return List.of();
      }
      throw e;
    }
  }
}
