package dev.gatehouse.directory;

import dev.gatehouse.directory.embedded.EmbeddedDirectory;
import java.nio.file.Path;

/** The seed that Gatehouse comes with. */
public final class TestDirectories {
  public static final Path SEED = Path.of("../config/people.ldif");

  private TestDirectories() {}

  public static EmbeddedDirectory open(Path folder) {
    return EmbeddedDirectory.open(SEED, state(folder), DirectoryContract.CLOCK);
  }

  public static Path state(Path folder) {
    return folder.resolve("directory.ldif");
  }
}
