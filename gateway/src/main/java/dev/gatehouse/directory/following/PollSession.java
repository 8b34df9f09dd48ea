package dev.gatehouse.directory.following;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import dev.gatehouse.cluster.LdapSchema.Kind;
import dev.gatehouse.directory.PersonEntry;
import dev.gatehouse.directory.Replica;
import dev.gatehouse.directory.SchemaMapping;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * For servers that do not tell of changes: reads everything again and again, and in between what
 * was changed since. That somebody is gone is seen only by the former.
 */
final class PollSession implements ReplicaSession {
  /** How often changed entries are looked for. */
  private static final Duration PERIOD = Duration.ofSeconds(2);

  private static final int PAGE = 500;

  private final SchemaMapping schemaMapping;
  private final PersonEntry reader;
  private final Duration rescan;
  private final InstantSource clock;

  /** When an entry was changed, by the server's clock; Active Directory cannot search the other. */
  private final String changed;

  private String newest = "";

  /**
   * @param rescan how often everything is read
   */
  PollSession(
      SchemaMapping schemaMapping, PersonEntry reader, Duration rescan, InstantSource clock) {
    this.schemaMapping = schemaMapping;
    this.reader = reader;
    this.rescan = rescan;
    this.clock = clock;
    this.changed =
        schemaMapping.kind() == Kind.ACTIVE_DIRECTORY ? "whenChanged" : "modifyTimestamp";
  }

  @Override
  public void follow(LDAPConnection connection, Progress progress, BooleanSupplier preferred)
      throws LDAPException, InterruptedException {
    while (!preferred.getAsBoolean()) {
      var began = clock.instant();
      var replica = new Replica(schemaMapping, reader);
      read(connection, replica, null);
      progress.complete(replica);
      progress.confirmed();
      changes(connection, replica, began.plus(rescan));
    }
  }

  private void changes(LDAPConnection connection, Replica replica, Instant until)
      throws LDAPException, InterruptedException {
    while (clock.instant().isBefore(until)) {
      Thread.sleep(PERIOD);
      // What was changed in the newest second comes again: more may have happened in it.
      read(connection, replica, newest.isEmpty() ? null : newest);
    }
  }

  private void read(LDAPConnection connection, Replica replica, @Nullable String since)
      throws LDAPException {
    pages(
        connection,
        request(
            schemaMapping.tree().people(),
            schemaMapping.accounts(),
            schemaMapping.personAttributes(),
            since),
        replica.people());
    pages(
        connection,
        request(
            schemaMapping.tree().groups(),
            schemaMapping.groups(),
            schemaMapping.groupAttributes(),
            since),
        replica.groups());
  }

  private SearchRequest request(
      String base, Filter filter, List<String> attributes, @Nullable String since) {
    var wanted = Stream.concat(attributes.stream(), Stream.of(changed)).toArray(String[]::new);
    var all =
        since == null
            ? filter
            : Filter.createANDFilter(filter, Filter.createGreaterOrEqualFilter(changed, since));
    return new SearchRequest(base, SearchScope.SUB, all, wanted);
  }

  /** Not critical: a server without pages sends all at once (RFC 2696). */
  private void pages(LDAPConnection connection, SearchRequest request, Replica.Part part)
      throws LDAPException {
    ASN1OctetString cookie = null;
    do {
      request.setControls(new SimplePagedResultsControl(PAGE, cookie, false));
      var result = connection.search(request);
      for (var entry : Objects.requireNonNull(result.getSearchEntries())) {
        take(entry, part);
      }
      var next = SimplePagedResultsControl.get(result);
      cookie = next == null || !next.moreResultsToReturn() ? null : next.getCookie();
    } while (cookie != null);
  }

  private void take(SearchResultEntry entry, Replica.Part part) {
    var when = entry.getAttributeValue(changed);
    if (when != null && when.compareTo(newest) > 0) {
      newest = when;
    }
    part.put(id(entry), schemaMapping.canonical(entry));
  }

  /** By which an entry is known again; where a server has none of these, its name must do. */
  private static UUID id(Entry entry) {
    return SchemaMapping.IDENTITIES.stream()
        .map(entry::getAttributeValueBytes)
        .filter(Objects::nonNull)
        .findFirst()
        .map(UUID::nameUUIDFromBytes)
        .orElseGet(() -> UUID.nameUUIDFromBytes(entry.getDN().getBytes(StandardCharsets.UTF_8)));
  }
}
