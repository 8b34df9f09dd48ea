package dev.gatehouse.directory.following;

import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.AsyncSearchResultListener;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.IntermediateResponse;
import com.unboundid.ldap.sdk.IntermediateResponseListener;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.ContentSyncInfoIntermediateResponse;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestControl;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestMode;
import dev.gatehouse.directory.Replica;
import dev.gatehouse.directory.SchemaMapping;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Content synchronisation (RFC 4533, refreshAndPersist): one search for people and one for groups,
 * which never end. The connection's thread only queues what arrives, and waits when there is much;
 * the follower's thread applies it. A question in between tells a server that hangs from one that
 * has nothing to say.
 */
final class SyncSession implements ReplicaSession {
  private static final int QUEUE = 256;

  /** Something that arrived; {@code part} is the search it belongs to. */
  private sealed interface Event {
    record Entry(SyncedPart part, SearchResultEntry entry) implements Event {}

    record Info(SyncedPart part, IntermediateResponse response) implements Event {}

    record Ended(SearchResult result) implements Event {}

    record Alive() implements Event {}
  }

  private final SchemaMapping schemaMapping;
  private final Replica replica;
  private final SyncedPart people;
  private final SyncedPart groups;
  private final Duration pause;
  private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(QUEUE);
  private volatile boolean over;

  /**
   * @param replica empty, or as the session with these cookies left it
   * @param pause how long nothing may arrive before the server is asked whether it is there, and
   *     how long it may then take
   */
  SyncSession(
      SchemaMapping schemaMapping,
      Replica replica,
      SyncedPart people,
      SyncedPart groups,
      Duration pause) {
    this.schemaMapping = schemaMapping;
    this.replica = replica;
    this.people = people;
    this.groups = groups;
    this.pause = pause;
  }

  @Override
  public void follow(LDAPConnection connection, Progress progress, BooleanSupplier preferred)
      throws LDAPException, InterruptedException {
    try {
      search(
          connection,
          people,
          schemaMapping.tree().people(),
          schemaMapping.accounts(),
          schemaMapping.personAttributes());
      search(
          connection,
          groups,
          schemaMapping.tree().groups(),
          schemaMapping.groups(),
          schemaMapping.groupAttributes());
      loop(connection, progress, preferred);
    } finally {
      over = true;
      queue.clear();
    }
  }

  private void loop(LDAPConnection connection, Progress progress, BooleanSupplier preferred)
      throws LDAPException, InterruptedException {
    var complete = false;
    var asked = false;
    while (!preferred.getAsBoolean()) {
      var event = queue.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
      if (event == null && asked) {
        throw new LDAPException(ResultCode.TIMEOUT, "the server hangs");
      }
      asked = event == null;
      if (event == null) {
        ask(connection);
      } else {
        apply(event);
      }
      if (event != null && people.isRefreshed() && groups.isRefreshed()) {
        if (!complete) {
          progress.complete(replica);
          complete = true;
        }
        progress.confirmed();
      }
    }
  }

  private static void apply(Event event) throws LDAPException {
    switch (event) {
      case Event.Entry(var part, var entry) -> part.entry(entry);
      case Event.Info(var part, var response) -> {
        if (ContentSyncInfoIntermediateResponse.SYNC_INFO_OID.equals(response.getOID())) {
          part.info(ContentSyncInfoIntermediateResponse.decode(response));
        }
      }
      case Event.Ended(var result) -> throw new LDAPException(result);
      case Event.Alive() -> {}
    }
  }

  private void search(
      LDAPConnection connection,
      SyncedPart part,
      String base,
      Filter filter,
      List<String> attributes)
      throws LDAPException {
    part.begin();
    var request =
        new SearchRequest(
            new Listener(part), base, SearchScope.SUB, filter, attributes.toArray(String[]::new));
    request.addControl(
        new ContentSyncRequestControl(
            true, ContentSyncRequestMode.REFRESH_AND_PERSIST, part.cookie(), false));
    request.setResponseTimeoutMillis(0);
    request.setIntermediateResponseListener(new Listener(part));
    var _ = connection.asyncSearch(request);
  }

  private void ask(LDAPConnection connection) throws LDAPException {
    var request =
        new SearchRequest(
            new Listener(null),
            "",
            SearchScope.BASE,
            Filter.createPresenceFilter("objectClass"),
            SearchRequest.NO_ATTRIBUTES);
    var _ = connection.asyncSearch(request);
  }

  /** On the connection's thread: to wait here is to let the server wait. */
  private void queue(Event event) {
    try {
      while (!over && !queue.offer(event, 100, TimeUnit.MILLISECONDS)) {
        Thread.onSpinWait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Without a part it is the question whether the server is there. */
  private final class Listener implements AsyncSearchResultListener, IntermediateResponseListener {
    private static final long serialVersionUID = 1;
    private final transient @Nullable SyncedPart part;

    Listener(@Nullable SyncedPart part) {
      this.part = part;
    }

    @Override
    public void searchEntryReturned(SearchResultEntry entry) {
      if (part != null) {
        queue(new Event.Entry(part, entry));
      }
    }

    @Override
    public void searchReferenceReturned(SearchResultReference reference) {
      // Another server's entries are not this directory's.
    }

    @Override
    public void intermediateResponseReturned(IntermediateResponse response) {
      if (part != null) {
        queue(new Event.Info(part, response));
      }
    }

    @Override
    public void searchResultReceived(AsyncRequestID id, SearchResult result) {
      queue(part == null ? new Event.Alive() : new Event.Ended(result));
    }
  }
}
