package dev.gatehouse.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import dev.gatehouse.name.Username;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenLDAP's own server holds the same entries under the same schema. */
final class SlapdDirectoryIT extends DirectoryContract {
  private static Slapd slapd;
  private static LDAPConnection connection;

  @BeforeAll
  static void start(@TempDir Path folder) {
    var required = "true".equals(System.getenv("CI"));
    assumeTrue(required || Slapd.isInstalled(), "no slapd here: apt-get install slapd");
    slapd = Slapd.start(folder, ContractSeed.ldif());
    connection = slapd.connect();
  }

  @AfterAll
  static void stop() {
    if (slapd != null) {
      connection.close();
      slapd.close();
    }
  }

  private static Directory over(LDAPConnection connection) {
    return new LdapDirectory(
        connection::search, SlapdDirectoryIT::bind, Tree.below(ContractSeed.BASE), CLOCK);
  }

  /** On a connection of its own: the other one stays who it is. */
  private static void bind(String dn, String password) throws LDAPException {
    try (var line = slapd.connect()) {
      line.bind(dn, password);
    }
  }

  @Override
  Directory directory() {
    return over(connection);
  }

  @Test
  void person_serverDies_isUnavailableNotUnknown(@TempDir Path folder) {
    try (var mortal = Slapd.start(folder, ContractSeed.ldif());
        var line = mortal.connect()) {
      mortal.kill();
      assertThat(over(line).person(new Username("alice")))
          .isInstanceOf(PersonLookup.Unavailable.class);
    }
  }
}
