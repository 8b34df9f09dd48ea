package dev.gatehouse.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedDirectoryTest extends DirectoryContract {
  @TempDir Path folder;
  private EmbeddedDirectory embedded;

  @BeforeEach
  void open() throws IOException {
    var seed = Files.writeString(folder.resolve("seed.ldif"), ContractSeed.ldif());
    embedded = EmbeddedDirectory.open(seed, folder.resolve("state/directory.ldif"), CLOCK);
  }

  @AfterEach
  void close() {
    embedded.close();
  }

  @Override
  Directory directory() {
    return embedded.directory();
  }
}
