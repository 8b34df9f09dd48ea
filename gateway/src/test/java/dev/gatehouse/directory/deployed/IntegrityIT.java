package dev.gatehouse.directory.deployed;

import static com.unboundid.ldap.sdk.ModificationType.ADD;
import static com.unboundid.ldap.sdk.ModificationType.REPLACE;
import static dev.gatehouse.directory.deployed.Entries.addGroup;
import static dev.gatehouse.directory.deployed.Entries.addPerson;
import static dev.gatehouse.directory.deployed.Entries.change;
import static dev.gatehouse.directory.deployed.Entries.group;
import static dev.gatehouse.directory.deployed.Entries.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.AsyncSearchResultListener;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestControl;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestMode;
import dev.gatehouse.testkit.Poll;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server itself sees to, whoever makes the change. */
final class IntegrityIT {
  private static DeployedSlapd slapd;
  private static LDAPConnection gateway;

  @BeforeAll
  static void start(@TempDir Path folder) throws LDAPException {
    slapd = SlapdHome.in(folder).start();
    gateway = slapd.connectAsService("gateway");
    addPerson(gateway, "eve", 20002);
  }

  @AfterAll
  static void stop() {
    if (slapd != null) {
      gateway.close();
      slapd.close();
    }
  }

  @BeforeEach
  void makeBobAnew() throws LDAPException {
    for (var dn : new String[] {person("bob"), group("ml")}) {
      if (gateway.getEntry(dn, "1.1") != null) {
        gateway.delete(dn);
      }
    }
    addPerson(gateway, "bob", 20001);
    addGroup(gateway, "ml", 20003, person("bob"));
  }

  private static void assertTaken(ThrowingCallable change) {
    assertThatThrownBy(change)
        .isInstanceOfSatisfying(
            LDAPException.class,
            e -> assertThat(e.getResultCode()).isEqualTo(ResultCode.CONSTRAINT_VIOLATION));
  }

  /** Two administrators at once find the same number free; the second is told. */
  @Test
  void add_numberOrNameThatIsTaken_isRefused() {
    assertTaken(() -> addPerson(gateway, "other", 20001));
    assertTaken(() -> addGroup(gateway, "other", 20003, person("bob")));
    assertTaken(() -> change(gateway, person("eve"), REPLACE, "uidNumber", "20001"));
    assertTaken(() -> change(gateway, person("eve"), ADD, "uid", "bob"));
  }

  @Test
  void delete_person_leavesTheirGroups() throws LDAPException {
    change(gateway, group("ml"), ADD, "member", person("eve"));
    gateway.delete(person("bob"));
    Poll.until(
        "bob has left",
        () -> Entries.values(gateway, group("ml"), "member").equals(memberOnly("eve")));
  }

  @Test
  void delete_lastMember_leavesAGroupOfNobody() throws LDAPException {
    gateway.delete(person("bob"));
    Poll.until(
        "bob has left",
        () ->
            Entries.values(gateway, group("ml"), "member")
                .equals(List.of("cn=nobody," + SlapdHome.BASE)));
  }

  private static List<String> memberOnly(String uid) {
    return List.of(person(uid));
  }

  @Test
  void memberOf_followsTheGroups() throws LDAPException {
    assertThat(Entries.values(gateway, person("bob"), "memberOf")).containsExactly(group("ml"));
    assertThat(
            gateway
                .search(SlapdHome.BASE, SearchScope.SUB, "(memberOf=" + group("ml") + ")", "1.1")
                .getSearchEntries())
        .extracting("DN")
        .containsExactly(person("bob"));
    gateway.delete(group("ml"));
    assertThat(Entries.values(gateway, person("bob"), "memberOf")).isEmpty();
  }

  /** RFC 4533: the gateway hears of a change as soon as it is made. */
  @Test
  void sync_changedKey_isTold() throws LDAPException {
    var told = new ConcurrentLinkedQueue<SearchResultEntry>();
    try (var line = slapd.connectAsService("gateway")) {
      var request =
          new SearchRequest(
              new Told(told), SlapdHome.BASE, SearchScope.SUB, "(uid=bob)", "sshPublicKey");
      request.addControl(new ContentSyncRequestControl(ContentSyncRequestMode.REFRESH_AND_PERSIST));
      var _ = line.asyncSearch(request);
      Poll.until("the refresh", () -> told.size() == 1);
      change(gateway, person("bob"), REPLACE, "sshPublicKey", "a new key");
      Poll.until(
          "the change",
          () -> told.stream().anyMatch(e -> e.hasAttributeValue("sshPublicKey", "a new key")));
    }
  }

  private record Told(Queue<SearchResultEntry> entries) implements AsyncSearchResultListener {
    @Override
    public void searchEntryReturned(SearchResultEntry entry) {
      entries.add(entry);
    }

    @Override
    public void searchReferenceReturned(SearchResultReference reference) {}

    @Override
    public void searchResultReceived(AsyncRequestID id, SearchResult result) {}
  }
}
