package dev.gatehouse.directory.following;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.controls.ContentSyncInfoIntermediateResponse;
import com.unboundid.ldap.sdk.controls.ContentSyncState;
import com.unboundid.ldap.sdk.controls.ContentSyncStateControl;
import dev.gatehouse.directory.Replica;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The messages of RFC 4533, in the orders that servers send them in. */
final class SyncedPartTest {
  private static final UUID A = new UUID(0, 1);
  private static final UUID B = new UUID(0, 2);
  private static final UUID C = new UUID(0, 3);

  /** Takes what it is given. */
  private static final class Entries implements Replica.Part {
    private final Map<UUID, String> dns = new LinkedHashMap<>();

    @Override
    public void put(UUID id, Entry canonical) {
      dns.put(id, canonical.getDN());
    }

    @Override
    public void remove(UUID id) {
      dns.remove(id);
    }

    @Override
    public void retain(Set<UUID> ids) {
      dns.keySet().retainAll(ids);
    }
  }

  private final Entries entries = new Entries();
  private final SyncedPart part = new SyncedPart(entries, UnaryOperator.identity());

  private void send(ContentSyncState state, UUID... ids) throws LDAPException {
    for (var id : ids) {
      part.entry(
          new SearchResultEntry(
              "uid=" + id.getLeastSignificantBits() + ",dc=x",
              List.of(),
              new ContentSyncStateControl(state, id, null)));
    }
  }

  private static ASN1OctetString cookie(String text) {
    return new ASN1OctetString(text);
  }

  private void firstContent() throws LDAPException {
    part.begin();
    send(ContentSyncState.ADD, A, B, C);
    part.info(ContentSyncInfoIntermediateResponse.createRefreshDeleteResponse(cookie("one"), true));
  }

  @Test
  void info_firstContent_isCompleteOnlyWithRefreshDone() throws LDAPException {
    part.begin();
    send(ContentSyncState.ADD, A, B, C);
    assertThat(part.isRefreshed()).isFalse();
    part.info(ContentSyncInfoIntermediateResponse.createRefreshDeleteResponse(cookie("c"), false));
    assertThat(part.isRefreshed()).isFalse();
    part.info(ContentSyncInfoIntermediateResponse.createRefreshPresentResponse(cookie("c"), true));
    assertThat(part.isRefreshed()).isTrue();
    assertThat(part.cookie()).isEqualTo(cookie("c"));
  }

  @Test
  void info_presentPhase_removesWhoWasNotNamed() throws LDAPException {
    firstContent();
    part.begin();
    send(ContentSyncState.PRESENT, A);
    part.info(ContentSyncInfoIntermediateResponse.createSyncIDSetResponse(null, List.of(B), false));
    assertThat(entries.dns).hasSize(3);
    part.info(ContentSyncInfoIntermediateResponse.createRefreshPresentResponse(null, true));
    assertThat(entries.dns).containsOnlyKeys(A, B);
    assertThat(part.cookie()).as("none came, so the last one holds").isEqualTo(cookie("one"));
  }

  @Test
  void info_deletePhase_removesWhoWasNamed() throws LDAPException {
    firstContent();
    part.begin();
    part.info(
        ContentSyncInfoIntermediateResponse.createSyncIDSetResponse(null, List.of(A, B), true));
    part.info(ContentSyncInfoIntermediateResponse.createRefreshDeleteResponse(null, true));
    assertThat(entries.dns).containsOnlyKeys(C);
  }

  @Test
  void entry_afterTheRefresh_changesJustThat() throws LDAPException {
    firstContent();
    send(ContentSyncState.DELETE, A);
    send(ContentSyncState.MODIFY, B);
    part.info(ContentSyncInfoIntermediateResponse.createNewCookieResponse(cookie("two")));
    assertThat(entries.dns).containsOnlyKeys(B, C);
    assertThat(part.cookie()).isEqualTo(cookie("two"));
  }

  @Test
  void entry_withoutItsState_isRefused() {
    var plain = new SearchResultEntry("uid=1,dc=x", new ArrayList<>(), new Control[0]);
    assertThatThrownBy(() -> part.entry(plain)).isInstanceOf(LDAPException.class);
  }
}
