package dev.gatehouse.directory;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** OpenLDAP's own server holds the same entries under the same schema, behind StartTLS. */
final class SlapdDirectoryIT extends DirectoryContract {
  private static Slapd slapd;
  private static RemoteDirectory remote;

  @BeforeAll
  static void start(@TempDir Path folder) {
    Slapd.require();
    slapd = Slapd.start(folder, ContractSeed.ldif());
    remote = RemoteDirectory.open(slapd.settings(), CLOCK);
  }

  @AfterAll
  static void stop() {
    if (slapd != null) {
      remote.close();
      slapd.close();
    }
  }

  @Override
  Directory directory() {
    return remote.direct();
  }
}
