package dev.gatehouse.directory.following;

import dev.gatehouse.directory.ContractSeed;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.DirectoryContract;
import dev.gatehouse.directory.Until;
import dev.gatehouse.directory.embedded.Slapd;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** OpenLDAP's own server holds the same entries under the same schema, behind StartTLS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RemoteDirectoryContract extends DirectoryContract {
  private final Slapd.Setup setup;
  private Slapd slapd;
  private RemoteDirectory remote;

  public RemoteDirectoryContract(Slapd.Setup setup) {
    this.setup = setup;
  }

  @BeforeAll
  void start(@TempDir Path folder) {
    Slapd.require();
    slapd = Slapd.start(folder, ContractSeed.ldif(), setup);
    remote = RemoteDirectory.open(slapd.settings(), CLOCK);
    Until.holds(() -> remote.copied().isPresent());
  }

  @AfterAll
  void stop() {
    if (slapd != null) {
      remote.close();
      slapd.close();
    }
  }

  RemoteDirectory remote() {
    return remote;
  }

  @Override
  public Directory directory() {
    return remote.directory();
  }
}
