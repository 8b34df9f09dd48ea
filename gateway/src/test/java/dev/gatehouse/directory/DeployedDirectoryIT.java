package dev.gatehouse.directory;


import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import dev.gatehouse.directory.deployed.DeployedSlapd;
import dev.gatehouse.directory.deployed.SlapdHome;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The directory as it is deployed, asked as the gateway asks: over StartTLS, under its ACLs. */
final class DeployedDirectoryIT extends DirectoryContract {
  private static DeployedSlapd slapd;
  private static LDAPConnection connection;

  @BeforeAll
  static void start(@TempDir Path folder) throws LDAPException {
    slapd = SlapdHome.in(folder, ContractSeed.ldif()).start();
    connection = slapd.connectAsService("gateway");
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
        connection::search, DeployedDirectoryIT::bind, Tree.below(ContractSeed.BASE), CLOCK);
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
}
