package dev.gatehouse.directory;

import dev.gatehouse.directory.embedded.EmbeddedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The second start reads what the first one wrote: nothing may get lost on the way. */
final class ReopenedDirectoryTest extends DirectoryContract {
  @TempDir Path folder;
  private EmbeddedDirectory embedded;

  @BeforeEach
  void openTwice() throws IOException {
    var seed = Files.writeString(folder.resolve("seed.ldif"), ContractSeed.ldif());
    var state = folder.resolve("directory.ldif");
    EmbeddedDirectory.open(seed, state, CLOCK).close();
    Files.delete(seed);
    embedded = EmbeddedDirectory.open(seed, state, CLOCK);
  }

  @AfterEach
  void close() {
    embedded.close();
  }

  @Override
  public Directory directory() {
    return embedded.directory();
  }
}
