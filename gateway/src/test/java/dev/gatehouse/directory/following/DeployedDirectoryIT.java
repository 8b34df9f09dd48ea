package dev.gatehouse.directory.following;

import dev.gatehouse.directory.ContractSeed;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.DirectoryContract;
import dev.gatehouse.directory.deployed.DeployedSlapd;
import dev.gatehouse.directory.deployed.SlapdHome;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The directory as it is deployed, asked as the gateway asks: over TLS, under its ACLs. */
final class DeployedDirectoryIT extends DirectoryContract {
  private static DeployedSlapd slapd;
  private static RemoteDirectory remote;

  @BeforeAll
  static void start(@TempDir Path folder) {
    slapd = SlapdHome.in(folder, ContractSeed.ldif()).start();
    remote = RemoteDirectory.open(slapd.home().settings(), CLOCK);
  }

  @AfterAll
  static void stop() {
    if (slapd != null) {
      remote.close();
      slapd.close();
    }
  }

  @Override
  public Directory directory() {
    return remote.direct();
  }
}
