package dev.gatehouse.directory.editing;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.gatehouse.directory.AcceptedKeys;
import dev.gatehouse.directory.PeopleAdministration.NewPerson;
import dev.gatehouse.directory.SchemaMapping;
import dev.gatehouse.directory.embedded.EmbeddedDirectory;
import dev.gatehouse.key.AuthorizedKey;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.key.KeyPolicy;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The change behind {@link EmbeddedDirectory#ensurePerson}. */
public record EnsuredPerson(
    SchemaMapping schemaMapping,
    Numbers numbers,
    Username username,
    String displayName,
    List<SshPublicKey> keys,
    GroupName administrators) {
  private static final Logger LOG = LoggerFactory.getLogger(EnsuredPerson.class);

  /** Everybody's primary group. */
  static final GroupName EVERYONE = new GroupName("everyone");

  public void on(LDAPInterface ldap) throws LDAPException {
    var editor = new TreeEditor(schemaMapping, ldap, numbers);
    var entry = editor.person(username);
    var dn = entry.isPresent() ? entry.get().getDN() : editor.dnOf(username);
    if (entry.isPresent()) {
      addKeys(editor, entry.get());
    } else {
      var accepted = lines(List.of()).stream().map(AuthorizedKeyLine::parse).toList();
      editor.addPerson(
          new NewPerson(username, displayName, Set.of(), accepted),
          primaryGroup(editor, username, dn));
    }
    var group = editor.group(administrators);
    if (group.isEmpty()) {
      editor.addGroup(administrators, username, dn);
    } else if (entry.isEmpty()) {
      editor.addMember(group.get(), username, dn);
    }
  }

  /** The number of everybody's group, which is made if there is none. */
  static String primaryGroup(TreeEditor editor, Username member, String dn) throws LDAPException {
    var group = editor.group(EVERYONE);
    return group.isPresent()
        ? String.valueOf(group.get().getAttributeValue("gidNumber"))
        : editor.addGroup(EVERYONE, member, dn);
  }

  private void addKeys(TreeEditor editor, Entry entry) throws LDAPException {
    var known = AcceptedKeys.in(entry).stream().map(AuthorizedKey::key).toList();
    var lines = lines(known);
    if (lines.isEmpty()) {
      return;
    }
    var changes = new ArrayList<Modification>();
    if (!entry.hasObjectClass("ldapPublicKey")) {
      changes.add(new Modification(ModificationType.ADD, "objectClass", "ldapPublicKey"));
    }
    changes.add(
        new Modification(
            ModificationType.ADD, AcceptedKeys.ATTRIBUTE, lines.toArray(String[]::new)));
    editor.modify(entry, changes.toArray(Modification[]::new));
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
}
