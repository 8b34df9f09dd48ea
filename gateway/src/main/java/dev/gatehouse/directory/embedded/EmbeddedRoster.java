package dev.gatehouse.directory.embedded;

import com.unboundid.ldap.sdk.LDAPException;
import dev.gatehouse.directory.PersonEntry;
import dev.gatehouse.directory.Replica;
import dev.gatehouse.directory.Roster;
import dev.gatehouse.directory.SchemaMapping;
import org.jspecify.annotations.Nullable;

/** Everybody in the directory inside this process; read anew when somebody asks after a change. */
final class EmbeddedRoster implements Roster {
  private record Kept(long version, Replica replica) {}

  private final DurableTree entries;
  private final SchemaMapping schemaMapping;
  private final PersonEntry reader;
  private volatile @Nullable Kept kept;

  EmbeddedRoster(DurableTree entries, SchemaMapping schemaMapping, PersonEntry reader) {
    this.entries = entries;
    this.schemaMapping = schemaMapping;
    this.reader = reader;
  }

  @Override
  public Replica replica() throws LDAPException {
    // Before the entries are read: a change in between makes it old, never wrong.
    var version = entries.version();
    var last = kept;
    if (last == null || last.version() != version) {
      last = new Kept(version, Roster.read(entries.reader(), schemaMapping, reader));
      kept = last;
    }
    return last.replica();
  }
}
