package dev.gatehouse.bench;

import dev.gatehouse.testkit.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where files are copied to. */
final class Scratch {
  private static final Path IN_MEMORY = Path.of("/dev/shm");

  private Scratch() {}

  /** A new folder, in memory if there is room for so much: a disk would be measured instead. */
  static Path folder(long bytes) throws IOException {
    return Files.isDirectory(IN_MEMORY)
            && Files.getFileStore(IN_MEMORY).getUsableSpace() > bytes + bytes / 2
        ? Folders.temporaryIn(IN_MEMORY)
        : Folders.temporary();
  }
}
