package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.RDN;
import dev.gatehouse.key.KeyPolicy;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The change behind {@link EmbeddedDirectory#ensurePerson}. */
record EnsuredPerson(
    Tree tree,
    Username username,
    String displayName,
    List<SshPublicKey> keys,
    GroupName administrators) {
  private static final Logger LOG = LoggerFactory.getLogger(EnsuredPerson.class);

  /** Everybody's primary group. */
  private static final GroupName EVERYONE = new GroupName("everyone");

  void on(LDAPInterface ldap) throws LDAPException {
    var entry = find(ldap, tree.people(), LdapDirectory.personFilter(username));
    var isNew = entry == null;
    var dn = entry == null ? dn("uid", username.value(), tree.people()) : entry.getDN();
    if (entry == null) {
      ldap.add(person(dn, primaryGroup(ldap, dn), Numbers.free(ldap, tree, "uidNumber")));
    } else {
      addKeys(ldap, entry);
    }
    var group = group(ldap, administrators);
    if (group == null) {
      addGroup(ldap, administrators, dn);
    } else if (isNew) {
      addMember(ldap, group, dn);
    }
  }

  private Entry person(String dn, String gidNumber, String uidNumber) {
    var name = displayName.isBlank() ? username.value() : displayName.strip();
    var entry =
        new Entry(
            dn,
            new Attribute(
                "objectClass", "inetOrgPerson", "posixAccount", "shadowAccount", "ldapPublicKey"),
            new Attribute("uid", username.value()),
            new Attribute("cn", name),
            new Attribute("sn", name),
            new Attribute("displayName", name),
            new Attribute("uidNumber", uidNumber),
            new Attribute("gidNumber", gidNumber),
            new Attribute("homeDirectory", "/home/" + username),
            new Attribute("loginShell", "/bin/bash"));
    var lines = lines(List.of());
    if (!lines.isEmpty()) {
      entry.addAttribute("sshPublicKey", lines);
    }
    return entry;
  }

  private void addKeys(LDAPInterface ldap, Entry entry) throws LDAPException {
    var lines = lines(AcceptedKeys.in(entry));
    if (lines.isEmpty()) {
      return;
    }
    var changes = new ArrayList<Modification>();
    if (!entry.hasObjectClass("ldapPublicKey")) {
      changes.add(new Modification(ModificationType.ADD, "objectClass", "ldapPublicKey"));
    }
    changes.add(
        new Modification(ModificationType.ADD, "sshPublicKey", lines.toArray(String[]::new)));
    ldap.modify(entry.getDN(), changes);
  }

  private List<String> lines(Collection<SshPublicKey> known) {
    return keys.stream()
        .distinct()
        .filter(k -> !known.contains(k))
        .filter(EnsuredPerson::isAccepted)
        .map(SshPublicKey::line)
        .toList();
  }

  private static boolean isAccepted(SshPublicKey key) {
    var objection = KeyPolicy.objection(key);
    objection.ifPresent(why -> LOG.warn("{} is not added: {}", key, why));
    return objection.isEmpty();
  }

  private String primaryGroup(LDAPInterface ldap, String member) throws LDAPException {
    var group = group(ldap, EVERYONE);
    return group == null
        ? addGroup(ldap, EVERYONE, member)
        : String.valueOf((@Nullable String) group.getAttributeValue("gidNumber"));
  }

  /** Returns the new group's gidNumber. */
  private String addGroup(LDAPInterface ldap, GroupName name, String member) throws LDAPException {
    var gidNumber = Numbers.free(ldap, tree, "gidNumber");
    ldap.add(
        new Entry(
            dn("cn", name.value(), tree.groups()),
            new Attribute("objectClass", "groupOfNames", "posixGroup"),
            new Attribute("cn", name.value()),
            new Attribute("gidNumber", gidNumber),
            new Attribute("member", member)));
    return gidNumber;
  }

  private void addMember(LDAPInterface ldap, Entry group, String dn) throws LDAPException {
    var change =
        group.hasObjectClass("groupOfNames")
            ? new Modification(ModificationType.ADD, "member", dn)
            : new Modification(ModificationType.ADD, "memberUid", username.value());
    ldap.modify(group.getDN(), change);
  }

  private @Nullable Entry group(LDAPInterface ldap, GroupName name) throws LDAPException {
    return find(
        ldap,
        tree.groups(),
        Filter.createANDFilter(
            Filter.createEqualityFilter("objectClass", "posixGroup"),
            Filter.createEqualityFilter("cn", name.value())));
  }

  private static @Nullable Entry find(LDAPInterface ldap, String base, Filter filter)
      throws LDAPException {
    var found = new Search(base, filter, 0, List.of()).in(ldap::search);
    return found.isEmpty() ? null : found.getFirst();
  }

  private static String dn(String attribute, String value, String parent) throws LDAPException {
    return new DN(new RDN(attribute, value), new DN(parent)).toString();
  }
}
