package dev.gatehouse.directory.following;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.controls.ContentSyncInfoIntermediateResponse;
import com.unboundid.ldap.sdk.controls.ContentSyncInfoType;
import com.unboundid.ldap.sdk.controls.ContentSyncState;
import com.unboundid.ldap.sdk.controls.ContentSyncStateControl;
import dev.gatehouse.directory.Replica;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What one search with content synchronisation says of the people or the groups (RFC 4533), brought
 * into a copy. It outlives the connection: by its cookie the next one goes on where this one ended.
 * Used by one thread.
 */
final class SyncedPart {
  private final Replica.Part part;
  private final UnaryOperator<Entry> canonical;
  private final Set<UUID> present = new HashSet<>();
  private @Nullable ASN1OctetString cookie;
  private boolean refreshed;

  SyncedPart(Replica.Part part, UnaryOperator<Entry> canonical) {
    this.part = part;
    this.canonical = canonical;
  }

  /** Where to go on; null for the beginning. */
  @Nullable ASN1OctetString cookie() {
    return cookie;
  }

  /** Whether all that was there when the search began has arrived. */
  boolean isRefreshed() {
    return refreshed;
  }

  /** A new search begins. */
  void begin() {
    refreshed = false;
    present.clear();
  }

  /**
   * @throws LDAPException if the entry does not say what became of it
   */
  void entry(SearchResultEntry entry) throws LDAPException {
    var state = ContentSyncStateControl.get(entry);
    if (state == null) {
      throw new LDAPException(ResultCode.DECODING_ERROR, "an entry without its sync state");
    }
    apply(state.getState(), state.getEntryUUID(), entry);
    remember(state.getCookie());
  }

  /** A delete names the entry by its UUID; what else comes with it may be empty. */
  private void apply(ContentSyncState state, UUID id, Entry entry) {
    if (state.equals(ContentSyncState.DELETE)) {
      part.remove(id);
      return;
    }
    if (!state.equals(ContentSyncState.PRESENT)) {
      part.put(id, canonical.apply(entry));
    }
    if (!refreshed) {
      present.add(id);
    }
  }

  void info(ContentSyncInfoIntermediateResponse info) {
    if (info.getType().equals(ContentSyncInfoType.SYNC_ID_SET)) {
      ids(info);
    } else if (info.getType().equals(ContentSyncInfoType.REFRESH_PRESENT)) {
      // Phase "present" has named all that are left; see 3.3.1.
      part.retain(present);
      refreshDone(info);
    } else if (info.getType().equals(ContentSyncInfoType.REFRESH_DELETE)) {
      refreshDone(info);
    }
    remember(info.getCookie());
  }

  private void ids(ContentSyncInfoIntermediateResponse info) {
    var ids = info.getEntryUUIDs();
    if (ids == null) {
      return;
    }
    if (info.refreshDeletes()) {
      ids.forEach(part::remove);
    } else {
      present.addAll(ids);
    }
  }

  private void refreshDone(ContentSyncInfoIntermediateResponse info) {
    present.clear();
    refreshed |= info.refreshDone();
  }

  private void remember(@Nullable ASN1OctetString next) {
    if (next != null) {
      cookie = next;
    }
  }
}
