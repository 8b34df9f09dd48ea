package dev.gatehouse.directory.deployed;

import static com.unboundid.ldap.sdk.ModificationType.ADD;
import static com.unboundid.ldap.sdk.ModificationType.DELETE;
import static com.unboundid.ldap.sdk.ModificationType.REPLACE;
import static dev.gatehouse.directory.deployed.Entries.ADMINISTRATORS;
import static dev.gatehouse.directory.deployed.Entries.POLICY;
import static dev.gatehouse.directory.deployed.Entries.addGroup;
import static dev.gatehouse.directory.deployed.Entries.addPerson;
import static dev.gatehouse.directory.deployed.Entries.change;
import static dev.gatehouse.directory.deployed.Entries.group;
import static dev.gatehouse.directory.deployed.Entries.password;
import static dev.gatehouse.directory.deployed.Entries.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchScope;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what: bob is a person, eve another, ada an administrator. */
final class AccessIT {
  private static final String BOB = person("bob");

  /** The third is for who has not logged in, the last two for what nobody may write at all. */
  private static final Set<ResultCode> REFUSED =
      Set.of(
          ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
          ResultCode.NO_SUCH_OBJECT,
          ResultCode.STRONG_AUTH_REQUIRED,
          ResultCode.UNWILLING_TO_PERFORM,
          ResultCode.CONSTRAINT_VIOLATION);

  private static final Map<String, LDAPConnection> WHO = new LinkedHashMap<>();
  private static DeployedSlapd slapd;

  @BeforeAll
  static void start(@TempDir Path folder) throws LDAPException {
    slapd = SlapdHome.in(folder).start();
    var gateway = slapd.connectAsService("gateway");
    addPerson(gateway, "bob", 20001, "sshPublicKey: bob's", "loginShell: /bin/sh");
    addPerson(gateway, "eve", 20002);
    addGroup(gateway, "ml", 20003, BOB);
    // So that there is an old one to be read.
    change(gateway, BOB, REPLACE, "userPassword", "another password of bob");
    WHO.put("nobody", slapd.connect());
    WHO.put("bob", slapd.connectAs(BOB, "another password of bob"));
    WHO.put("eve", slapd.connectAs(person("eve"), password("eve")));
    WHO.put("ada", slapd.connectAs(person("ada"), slapd.home().administratorPassword()));
    WHO.put("gateway", gateway);
    WHO.put("ldap-ui", slapd.connectAsService("ldap-ui"));
    WHO.put("replicator", slapd.connectAsService("replicator"));
  }

  @AfterAll
  static void stop() {
    WHO.values().forEach(LDAPConnection::close);
    WHO.clear();
    if (slapd != null) {
      slapd.close();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bob's entry            | cn                   | bob ada gateway replicator",
        "bob's entry            | uid                  | bob ada gateway ldap-ui replicator",
        "bob's entry            | sshPublicKey         | bob ada gateway replicator",
        "bob's entry            | userPassword         | replicator",
        "bob's entry            | pwdHistory           | replicator",
        "bob's group            | cn                   | bob ada gateway replicator",
        "bob's group            | member               | ada gateway replicator",
        "the administrators     | cn                   | ada gateway replicator",
        "the administrators     | member               | ada gateway ldap-ui replicator",
        "the policy             | pwdMaxFailure        | ada gateway replicator",
        "the gateway's account  | cn                   | ''",
        "the gateway's account  | userPassword         | ''",
        "the configuration      | olcTLSCertificateFile | ''",
        "the schema             | objectClasses        | bob eve ada gateway ldap-ui replicator"
      })
  void read_attribute_isFor(String what, String attribute, String readers) throws LDAPException {
    var found = new TreeSet<String>();
    for (var who : WHO.keySet()) {
      if (reads(WHO.get(who), dn(what), attribute)) {
        found.add(who);
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(names(readers));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bob's entry            | sshPublicKey         | a new key           | bob ada gateway",
        "bob's entry            | userPassword         | ''                  | bob ada gateway",
        "bob's entry            | loginShell           | /bin/zsh            | ada gateway",
        "bob's entry            | uidNumber            | 20009               | ada gateway",
        "bob's entry            | gidNumber            | 10001               | ada gateway",
        "bob's entry            | shadowExpire         | 1                   | ada gateway",
        "bob's entry            | pwdAccountLockedTime | 000001010000Z       | ada gateway",
        "bob's entry            | pwdHistory           | ''                  | ''",
        "bob's group            | description          | of machines         | ada gateway",
        "the administrators     | description          | of everything       | ada gateway",
        "the policy             | pwdMaxFailure        | 1000                | ''",
        "the gateway's account  | userPassword         | mine now            | ''",
        "the configuration      | olcLogLevel          | any                 | ''"
      })
  void write_attribute_isFor(String what, String attribute, String value, String writers)
      throws LDAPException {
    var done = new TreeSet<String>();
    for (var who : WHO.keySet()) {
      // A password may not be one that was there before.
      var written = value.isEmpty() ? "password %d by %s".formatted(System.nanoTime(), who) : value;
      if (changes(WHO.get(who), dn(what), attribute, written)) {
        done.add(who);
      }
    }
    if (attribute.equals("pwdAccountLockedTime")) {
      change(WHO.get("gateway"), BOB, DELETE, attribute);
    }
    assertThat(done).containsExactlyInAnyOrderElementsOf(names(writers));
  }

  @Test
  void addAndDelete_people_isForAdministratorsAndTheGateway() throws LDAPException {
    var done = new TreeSet<String>();
    for (var who : WHO.keySet()) {
      try {
        addPerson(WHO.get(who), "new", 20010);
        WHO.get(who).delete(person("new"));
        done.add(who);
      } catch (LDAPException e) {
        requireRefused(e);
      }
    }
    assertThat(done).containsExactly("ada", "gateway");
  }

  @Test
  void join_administratorsByOneself_isRefused() {
    assertThatThrownBy(() -> change(WHO.get("bob"), ADMINISTRATORS, ADD, "member", BOB))
        .isInstanceOfSatisfying(LDAPException.class, AccessIT::requireRefused);
  }

  @Test
  void search_everybodyByAPerson_findsThemselvesOnly() throws LDAPException {
    var found = WHO.get("eve").search(SlapdHome.BASE, SearchScope.SUB, "(objectClass=*)", "1.1");
    assertThat(found.getSearchEntries()).extracting("DN").containsExactly(person("eve"));
  }

  @Test
  void search_nobody_isToldToLogIn() {
    assertThatThrownBy(
            () ->
                WHO.get("nobody").search(SlapdHome.BASE, SearchScope.SUB, "(objectClass=*)", "1.1"))
        .hasMessageContaining("authentication required");
  }

  /** A password in the clear is one that is lost; it is refused, so that nobody sends a second. */
  @Test
  void bind_withoutTls_isRefused() throws LDAPException {
    try (var clear = new LDAPConnection("127.0.0.1", slapd.home().port())) {
      assertThatThrownBy(() -> clear.bind(BOB, password("bob")))
          .isInstanceOfSatisfying(
              LDAPException.class,
              e -> assertThat(e.getResultCode()).isEqualTo(ResultCode.CONFIDENTIALITY_REQUIRED));
    }
  }

  private static boolean reads(LDAPConnection who, String dn, String attribute)
      throws LDAPException {
    try {
      return !Entries.values(who, dn, attribute).isEmpty();
    } catch (LDAPException e) {
      requireRefused(e);
      return false;
    }
  }

  private static boolean changes(LDAPConnection who, String dn, String attribute, String value)
      throws LDAPException {
    try {
      change(who, dn, REPLACE, attribute, value);
      return true;
    } catch (LDAPException e) {
      requireRefused(e);
      return false;
    }
  }

  private static void requireRefused(LDAPException e) {
    assertThat(REFUSED).as(e.toString()).contains(e.getResultCode());
  }

  private static String dn(String what) {
    return switch (what) {
      case "bob's entry" -> BOB;
      case "bob's group" -> group("ml");
      case "the administrators" -> ADMINISTRATORS;
      case "the policy" -> POLICY;
      case "the gateway's account" -> "cn=gateway,cn=services";
      case "the configuration" -> "cn=config";
      case "the schema" -> "cn=Subschema";
      default -> throw new IllegalArgumentException(what);
    };
  }

  private static List<String> names(String words) {
    return words.isEmpty() ? List.of() : List.of(words.split(" "));
  }
}
