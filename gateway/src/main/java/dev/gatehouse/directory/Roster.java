package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Everybody at once, for those who list them: two searches at most, however many there are. */
public interface Roster {
  Replica replica() throws LDAPException;

  /** Asks for all people and all groups. */
  static Replica read(Search.Answerer ldap, SchemaMapping schemaMapping, PersonEntry reader)
      throws LDAPException {
    var replica = new Replica(schemaMapping, reader);
    var tree = schemaMapping.tree();
    read(
        ldap,
        schemaMapping,
        tree.people(),
        schemaMapping.accounts(),
        schemaMapping.personAttributes(),
        replica.people());
    read(
        ldap,
        schemaMapping,
        tree.groups(),
        schemaMapping.groups(),
        schemaMapping.groupAttributes(),
        replica.groups());
    return replica;
  }

  private static void read(
      Search.Answerer ldap,
      SchemaMapping schemaMapping,
      String base,
      Filter filter,
      List<String> attributes,
      Replica.Part part)
      throws LDAPException {
    for (var entry : new Search(base, filter, 0, attributes).in(ldap)) {
      part.put(id(entry), schemaMapping.canonical(entry));
    }
  }

  /** Good for as long as one answer. */
  private static UUID id(Entry entry) {
    return UUID.nameUUIDFromBytes(entry.getDN().getBytes(StandardCharsets.UTF_8));
  }
}
