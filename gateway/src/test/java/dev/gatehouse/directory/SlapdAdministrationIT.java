package dev.gatehouse.directory;

import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The same changes in OpenLDAP's own server, behind StartTLS. */
final class SlapdAdministrationIT extends AdministrationContract {
  @TempDir Path folder;
  private Slapd slapd;
  private RemoteDirectory remote;

  @BeforeEach
  void start() {
    Slapd.require();
    slapd = Slapd.start(folder, seed(), Slapd.Setup.SYNCING);
    remote = RemoteDirectory.open(slapd.settings(), InstantSource.system());
  }

  @AfterEach
  void stop() {
    if (slapd != null) {
      remote.close();
      slapd.close();
    }
  }

  @Override
  PeopleAdministration people() {
    return remote.administration();
  }
}
