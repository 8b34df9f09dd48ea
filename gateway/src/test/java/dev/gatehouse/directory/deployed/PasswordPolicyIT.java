package dev.gatehouse.directory.deployed;

import static com.unboundid.ldap.sdk.ModificationType.DELETE;
import static com.unboundid.ldap.sdk.ModificationType.REPLACE;
import static dev.gatehouse.directory.deployed.Entries.addPerson;
import static dev.gatehouse.directory.deployed.Entries.change;
import static dev.gatehouse.directory.deployed.Entries.password;
import static dev.gatehouse.directory.deployed.Entries.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the default policy does with passwords. */
final class PasswordPolicyIT {
  private static final int MAX_FAILURES = 10;

  private static DeployedSlapd slapd;
  private static LDAPConnection gateway;

  @BeforeAll
  static void start(@TempDir Path folder) throws LDAPException {
    slapd = SlapdHome.in(folder).start();
    gateway = slapd.connectAsService("gateway");
    addPerson(gateway, "bob", 20001);
    addPerson(gateway, "eve", 20002);
  }

  @AfterAll
  static void stop() {
    if (slapd != null) {
      gateway.close();
      slapd.close();
    }
  }

  private static boolean logsIn(String dn, String password) {
    try (var _ = slapd.connectAs(dn, password)) {
      return true;
    } catch (LDAPException e) {
      assertThat(e.getResultCode()).isEqualTo(ResultCode.INVALID_CREDENTIALS);
      return false;
    }
  }

  @Test
  void bind_tooManyWrongPasswords_locksThatAccountUntilItIsUnlocked() throws LDAPException {
    assertThat(logsIn(person("bob"), password("bob"))).isTrue();
    for (var i = 0; i < MAX_FAILURES; i++) {
      assertThat(logsIn(person("bob"), "wrong")).isFalse();
    }
    assertThat(logsIn(person("bob"), password("bob"))).isFalse();
    assertThat(Entries.values(gateway, person("bob"), "pwdAccountLockedTime")).hasSize(1);
    assertThat(logsIn(person("eve"), password("eve"))).isTrue();
    change(gateway, person("bob"), DELETE, "pwdAccountLockedTime");
    assertThat(logsIn(person("bob"), password("bob"))).isTrue();
  }

  /** Else whoever reaches the port could keep the gateway, and so everybody, out. */
  @Test
  void bind_manyWrongPasswordsOfTheGateway_doNotLockIt() {
    for (var i = 0; i < 2 * MAX_FAILURES; i++) {
      assertThat(logsIn("cn=gateway,cn=services", "wrong")).isFalse();
    }
    assertThat(logsIn("cn=gateway,cn=services", slapd.home().password("gateway"))).isTrue();
  }

  @Test
  void bind_withoutAPassword_isRefused() {
    assertThatThrownBy(() -> slapd.connectAs("cn=gateway,cn=services", ""))
        .isInstanceOf(LDAPException.class);
  }

  @Test
  void change_ownPassword_shortOrOld_isRefused() throws LDAPException {
    try (var eve = slapd.connectAs(person("eve"), password("eve"))) {
      for (var bad : new String[] {"short", password("eve")}) {
        assertThatThrownBy(() -> change(eve, person("eve"), REPLACE, "userPassword", bad))
            .isInstanceOfSatisfying(
                LDAPException.class,
                e -> assertThat(e.getResultCode()).isEqualTo(ResultCode.CONSTRAINT_VIOLATION));
      }
    }
  }

  @Test
  void write_passwordInTheClear_isKeptAsAHash() throws LDAPException {
    try (var replicator = slapd.connectAsService("replicator")) {
      assertThat(Entries.values(replicator, person("eve"), "userPassword"))
          .singleElement()
          .asString()
          .startsWith("{ARGON2}");
    }
  }
}
