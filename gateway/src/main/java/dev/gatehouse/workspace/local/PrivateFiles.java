package dev.gatehouse.workspace.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files and folders that only their owner may touch. */
final class PrivateFiles {
  static final FileAttribute<Set<PosixFilePermission>> FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private PrivateFiles() {}

  /** Makes the folder, and those above it, unless it is there. */
  static Path folder(Path folder) throws IOException {
    return Files.createDirectories(folder, FOLDER);
  }

  /** Replaces the file in one step: a reader, or a crash, sees all of the old or of the new. */
  static void write(Path folder, String name, byte[] content) throws IOException {
    var temporary = Files.createTempFile(folder, ".new-", null); // made with mode 0600
    try {
      try (var out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        var bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    sync(folder);
  }

  /** Only then does the new name survive a crash. */
  private static void sync(Path folder) throws IOException {
    try (var handle = FileChannel.open(folder, StandardOpenOption.READ)) {
      handle.force(true);
    }
  }
}
