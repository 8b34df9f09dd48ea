package dev.gatehouse.directory;

import java.nio.file.Path;

/** The seed that Gatehouse comes with. */
final class TestDirectories {
  static final Path SEED = Path.of("../config/people.ldif");

  private TestDirectories() {}

  static EmbeddedDirectory open(Path folder) {
    return EmbeddedDirectory.open(SEED, state(folder), DirectoryContract.CLOCK);
  }

  static Path state(Path folder) {
    return folder.resolve("directory.ldif");
  }
}
