package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Everybody at once, for those who list them: two searches at most, however many there are. */
interface Roster {
  Replica replica() throws LDAPException;

  /** Asks for all people and all groups. */
  static Replica read(Search.Answerer ldap, Shape shape, PersonEntry reader) throws LDAPException {
    var replica = new Replica(shape, reader);
    var tree = shape.tree();
    read(ldap, shape, tree.people(), shape.accounts(), shape.personAttributes(), replica.people());
    read(ldap, shape, tree.groups(), shape.groups(), shape.groupAttributes(), replica.groups());
    return replica;
  }

  private static void read(
      Search.Answerer ldap,
      Shape shape,
      String base,
      Filter filter,
      List<String> attributes,
      Replica.Part part)
      throws LDAPException {
    for (var entry : new Search(base, filter, 0, attributes).in(ldap)) {
      part.put(id(entry), shape.canonical(entry));
    }
  }

  /** Good for as long as one answer. */
  private static UUID id(Entry entry) {
    return UUID.nameUUIDFromBytes(entry.getDN().getBytes(StandardCharsets.UTF_8));
  }
}
