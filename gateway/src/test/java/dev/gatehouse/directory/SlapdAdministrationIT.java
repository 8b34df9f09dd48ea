package dev.gatehouse.directory;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.unboundid.ldap.sdk.LDAPConnection;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The same changes in OpenLDAP's own server. */
final class SlapdAdministrationIT extends AdministrationContract {
  @TempDir Path folder;
  private Slapd slapd;
  private LDAPConnection connection;

  @BeforeEach
  void start() throws Exception {
    var required = "true".equals(System.getenv("CI"));
    assumeTrue(required || Slapd.isInstalled(), "no slapd here: apt-get install slapd");
    slapd = Slapd.start(folder, seed());
    connection = slapd.connectAsAdministrator();
  }

  @AfterEach
  void stop() {
    if (slapd != null) {
      connection.close();
      slapd.close();
    }
  }

  @Override
  PeopleAdministration people() {
    var tree = Tree.below(ContractSeed.BASE);
    var directory =
        new LdapDirectory(connection::search, (_, _) -> {}, tree, DirectoryContract.CLOCK);
    return new LdapAdministration(tree, connection, change -> change.on(connection), directory);
  }
}
