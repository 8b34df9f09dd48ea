package dev.gatehouse.file;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * A file that is replaced as one: whoever reads it, after a crash too, finds either the content
 * before or the content after, never a part. It belongs to one process at a time; see {@link
 * FolderLock}.
 */
public final class DurableFile {
  private static final String TEMPORARY = ".tmp";

  private final Path file;

  public DurableFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  public Path path() {
    return file;
  }

  /**
   * Replaces the content; when it returns, the new content survives a power cut. The file is its
   * owner's alone (mode 0600).
   *
   * @throws NotSyncedException if the content is replaced, but may be lost in a power cut
   * @throws IOException if the content could not be replaced; the old one is intact
   */
  public void replace(byte[] content) throws IOException {
    try (var folder = FileChannel.open(folder(), READ)) {
      move(temporary(content));
      sync(folder);
    }
  }

  /** Removes what a process that died while writing left behind. */
  public void removeLeftovers() throws IOException {
    try (var leftovers = Files.newDirectoryStream(folder(), prefix() + "*" + TEMPORARY)) {
      for (var leftover : leftovers) {
        Files.deleteIfExists(leftover);
      }
    }
  }

  private Path temporary(byte[] content) throws IOException {
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    // In the same folder, because only there a rename is atomic.
    var temporary = Files.createTempFile(folder(), prefix(), TEMPORARY, mode);
    try (var out = FileChannel.open(temporary, WRITE)) {
      for (var left = ByteBuffer.wrap(content); left.hasRemaining(); ) {
        out.write(left);
      }
      out.force(true);
      return temporary;
    } catch (IOException e) {
      discard(temporary, e);
      throw e;
    }
  }

  private void move(Path temporary) throws IOException {
    try {
      Files.move(temporary, file, ATOMIC_MOVE);
    } catch (IOException e) {
      discard(temporary, e);
      throw e;
    }
  }

  /** Without this the rename itself can be lost in a power cut. */
  private static void sync(FileChannel folder) throws NotSyncedException {
    try {
      folder.force(true);
    } catch (IOException e) {
      throw new NotSyncedException(e);
    }
  }

  private static void discard(Path temporary, IOException why) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  private String prefix() {
    return "." + file.getFileName() + ".";
  }

  private Path folder() {
    return Objects.requireNonNull(file.getParent());
  }

  /** The new content is in place; that it outlives a power cut could not be made sure. */
  public static final class NotSyncedException extends IOException {
    NotSyncedException(IOException cause) {
      super("the folder could not be synced: " + cause.getMessage(), cause);
    }
  }
}
