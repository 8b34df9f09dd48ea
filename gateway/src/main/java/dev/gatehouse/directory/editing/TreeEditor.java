package dev.gatehouse.directory.editing;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.RDN;
import dev.gatehouse.cluster.LdapSchema.Kind;
import dev.gatehouse.directory.AcceptedKeys;
import dev.gatehouse.directory.AccountLock;
import dev.gatehouse.directory.PeopleAdministration.NewPerson;
import dev.gatehouse.directory.SchemaMapping;
import dev.gatehouse.directory.Search;
import dev.gatehouse.directory.Tree;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.name.AccountPath;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Finds, makes and changes entries of people and groups in the form of rfc2307bis or rfc2307.
 *
 * @param numbers where the numbers of new ones come from
 */
record TreeEditor(SchemaMapping schemaMapping, LDAPInterface ldap, Numbers numbers) {
  private static final String MEMBER = "member";
  private static final String MEMBER_UID = "memberUid";

  TreeEditor with(Numbers others) {
    return new TreeEditor(schemaMapping, ldap, others);
  }

  Optional<Entry> person(Username username) throws LDAPException {
    return find(tree().people(), schemaMapping.person(username));
  }

  /**
   * @throws UserError if there is nobody of that name
   */
  Entry require(Username username) throws LDAPException {
    return person(username)
        .orElseThrow(
            () -> new UserError(ExitCode.NOUSER, "there is nobody called %s".formatted(username)));
  }

  Optional<Entry> group(GroupName name) throws LDAPException {
    return find(tree().groups(), schemaMapping.group(name));
  }

  /**
   * @throws UserError if there is no such group
   */
  Entry require(GroupName name) throws LDAPException {
    return group(name)
        .orElseThrow(
            () -> new UserError(ExitCode.DATAERR, "there is no group called %s".formatted(name)));
  }

  String dnOf(Username username) throws LDAPException {
    return dn("uid", username.value(), tree().people());
  }

  void addPerson(NewPerson person, String gidNumber) throws LDAPException {
    var username = person.username();
    var account = person.account();
    var name = person.displayName().isBlank() ? username.value() : person.displayName().strip();
    var uid = person.uid();
    var entry =
        new Entry(
            dnOf(username),
            new Attribute(
                "objectClass", "inetOrgPerson", "posixAccount", "shadowAccount", "ldapPublicKey"),
            new Attribute("uid", username.value()),
            new Attribute("cn", name),
            new Attribute("sn", name),
            new Attribute("displayName", name),
            new Attribute("gidNumber", gidNumber),
            new Attribute(
                "homeDirectory",
                account.home().map(AccountPath::value).orElse("/home/" + username)),
            new Attribute(
                "loginShell", account.shell().map(AccountPath::value).orElse("/bin/bash")));
    var keys = person.keys().stream().map(AuthorizedKeyLine::line).distinct().toList();
    if (!keys.isEmpty()) {
      entry.addAttribute(AcceptedKeys.ATTRIBUTE, keys);
    }
    if (person.disabled()) {
      entry.addAttribute("shadowExpire", AccountLock.EXPIRED);
    }
    new NumberedEntry(this, entry, "uidNumber").add(uid);
  }

  /** Returns the new group's gidNumber. */
  String addGroup(GroupName name, Username member, String memberDn) throws LDAPException {
    return schemaMapping.kind() == Kind.RFC2307
        ? addGroup(name, List.of("posixGroup"), new Attribute(MEMBER_UID, member.value()))
        : addGroup(name, List.of("groupOfNames", "posixGroup"), new Attribute(MEMBER, memberDn));
  }

  /**
   * Returns the new group's gidNumber.
   *
   * @throws UserError if a group of this directory needs a member
   */
  String addEmptyGroup(GroupName name) throws LDAPException {
    if (schemaMapping.kind() == Kind.RFC2307) {
      return addGroup(name, List.of("posixGroup"));
    }
    var objectClass = new EmptyGroups(ldap).objectClass();
    if (objectClass.isEmpty()) {
      throw new UserError(
          ExitCode.DATAERR,
          "a group of this directory needs a member (groupOfNames, RFC 4519), so name the first:"
              + " gate group add %s MEMBER".formatted(name));
    }
    return addGroup(name, List.of(objectClass.get(), "posixGroup"));
  }

  private String addGroup(GroupName name, List<String> objectClasses, Attribute... members)
      throws LDAPException {
    var entry =
        new Entry(
            dn("cn", name.value(), tree().groups()),
            new Attribute("cn", name.value()),
            new Attribute("objectClass", objectClasses));
    Stream.of(members).forEach(entry::addAttribute);
    return new NumberedEntry(this, entry, "gidNumber").add(OptionalInt.empty());
  }

  void addMember(Entry group, Username username, String dn) throws LDAPException {
    if (!isMember(group, username, dn)) {
      modify(
          group,
          EmptyGroups.isByDn(group)
              ? new Modification(ModificationType.ADD, MEMBER, dn)
              : new Modification(ModificationType.ADD, MEMBER_UID, username.value()));
    }
  }

  /**
   * Puts many into a group by one change: a server writes, and tells whoever follows it, the whole
   * group for each.
   *
   * @param dns of who is to be in it, by name
   */
  void addMembers(Entry group, Map<Username, String> dns) throws LDAPException {
    var byDn = EmptyGroups.isByDn(group);
    var known = new HashSet<String>();
    for (var value : values(group, byDn ? MEMBER : MEMBER_UID)) {
      known.add(byDn ? normalized(value) : value);
    }
    var missing = new ArrayList<String>();
    for (var one : dns.entrySet()) {
      var value = byDn ? one.getValue() : one.getKey().value();
      if (known.add(byDn ? normalized(value) : value)) {
        missing.add(value);
      }
    }
    if (!missing.isEmpty()) {
      modify(
          group,
          new Modification(
              ModificationType.ADD, byDn ? MEMBER : MEMBER_UID, missing.toArray(String[]::new)));
    }
  }

  /** What is no DN is itself. */
  private static String normalized(String dn) {
    try {
      return DN.normalize(dn);
    } catch (LDAPException e) {
      return dn;
    }
  }

  /** Takes somebody out of a group that has others, or may be empty. */
  void removeMember(Entry group, Username username, String dn) throws LDAPException {
    if (hasDn(group, dn)) {
      modify(group, new Modification(ModificationType.DELETE, MEMBER, dn));
    }
    if (group.hasAttributeValue(MEMBER_UID, username.value())) {
      modify(group, new Modification(ModificationType.DELETE, MEMBER_UID, username.value()));
    }
  }

  static boolean isMember(Entry group, Username username, String dn) throws LDAPException {
    return hasDn(group, dn) || group.hasAttributeValue(MEMBER_UID, username.value());
  }

  /** Whether the group cannot be without this member: it names nobody else and may not be empty. */
  boolean needs(Entry group, Username username, String dn) throws LDAPException {
    return isLastMember(group, username, dn) && !new EmptyGroups(ldap).allow(group);
  }

  private static boolean isLastMember(Entry group, Username username, String dn)
      throws LDAPException {
    return isMember(group, username, dn)
        && count(group, MEMBER) <= (hasDn(group, dn) ? 1 : 0)
        && count(group, MEMBER_UID)
            <= (group.hasAttributeValue(MEMBER_UID, username.value()) ? 1 : 0);
  }

  void modify(Entry entry, Modification... changes) throws LDAPException {
    ldap.modify(entry.getDN(), List.of(changes));
  }

  List<Entry> groups() throws LDAPException {
    return all(tree().groups(), schemaMapping.groups());
  }

  List<Entry> all(String base, Filter filter) throws LDAPException {
    return new Search(base, filter, 0, List.of("*"))
        .in(ldap::search).stream().map(schemaMapping::canonical).toList();
  }

  Tree tree() {
    return schemaMapping.tree();
  }

  private Optional<Entry> find(String base, Filter filter) throws LDAPException {
    return all(base, filter).stream().findFirst();
  }

  private static boolean hasDn(Entry group, String dn) throws LDAPException {
    for (var member : values(group, MEMBER)) {
      if (DN.equals(member, dn)) {
        return true;
      }
    }
    return false;
  }

  private static int count(Entry group, String attribute) {
    return values(group, attribute).length;
  }

  private static String[] values(Entry entry, String attribute) {
    var values = entry.getAttributeValues(attribute);
    return values == null ? new String[0] : values;
  }

  private static String dn(String attribute, String value, String parent) throws LDAPException {
    return new DN(new RDN(attribute, value), new DN(parent)).toString();
  }
}
