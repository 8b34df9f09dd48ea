package dev.gatehouse.directory.following;

import dev.gatehouse.directory.ContractSeed;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.DirectoryContract;
import dev.gatehouse.directory.Until;
import dev.gatehouse.directory.deployed.DeployedSlapd;
import dev.gatehouse.directory.deployed.SlapdHome;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Out of a copy that the directory as it is deployed keeps up to date. */
final class SyncedDirectoryIT extends DirectoryContract {
  private static DeployedSlapd slapd;
  private static RemoteDirectory remote;

  @BeforeAll
  static void start(@TempDir Path folder) {
    slapd = SlapdHome.in(folder, ContractSeed.ldif()).start();
    remote = RemoteDirectory.open(slapd.home().settings(), CLOCK);
    Until.holds(() -> remote.copied().isPresent());
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
    return remote.directory();
  }
}
