package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import dev.gatehouse.directory.deployed.DeployedSlapd;
import dev.gatehouse.directory.deployed.SlapdHome;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The same changes in the directory as it is deployed, made as the gateway makes them. */
final class DeployedAdministrationIT extends AdministrationContract {
  private static DeployedSlapd slapd;
  private static LDAPConnection connection;
  private static RemoteDirectory remote;

  @BeforeAll
  static void start(@TempDir Path folder) throws LDAPException {
    slapd = SlapdHome.in(folder, seed()).start();
    connection = slapd.connectAsService("gateway");
    remote = RemoteDirectory.open(slapd.home().settings(), InstantSource.system());
  }

  @AfterAll
  static void stop() {
    if (slapd != null) {
      remote.close();
      connection.close();
      slapd.close();
    }
  }

  @BeforeEach
  void removeEverybody() throws LDAPException {
    for (var unit : List.of(ContractSeed.PEOPLE, ContractSeed.GROUPS)) {
      for (var entry :
          connection
              .search(unit, SearchScope.SUB, "(!(objectClass=organizationalUnit))", "1.1")
              .getSearchEntries()) {
        connection.delete(entry.getDN());
      }
    }
  }

  @Override
  PeopleAdministration people() {
    return remote.administration();
  }

  @Override
  PeopleAdministration.SelfService self() {
    return remote.selfService();
  }

  @Override
  Directory directory() {
    return remote.direct();
  }
}
