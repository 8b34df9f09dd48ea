package dev.gatehouse.directory;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The same people out of a copy that is read again and again. */
final class PolledDirectoryIT extends DirectoryContract {
  private static Slapd slapd;
  private static RemoteDirectory remote;

  @BeforeAll
  static void start(@TempDir Path folder) {
    Slapd.require();
    slapd = Slapd.start(folder, ContractSeed.ldif(), Slapd.Setup.PLAIN);
    remote = RemoteDirectory.open(slapd.settings(), CLOCK);
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
  Directory directory() {
    return remote.directory();
  }
}
