package dev.gatehouse.file;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process out; the operating system releases it with the process, however it ends.
 */
public final class FolderLock implements AutoCloseable {
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param file made if absent, and left in place: to remove it would let two in
   * @throws UserError if another process has it ({@link ExitCode#TEMPFAIL}), or if the file cannot
   *     be made ({@link ExitCode#CANTCREAT})
   */
  public static FolderLock take(Path file) {
    try {
      var channel = FileChannel.open(file, Set.of(CREATE, WRITE), PRIVATE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new UserError(
            ExitCode.TEMPFAIL, "another gateway is using %s".formatted(Quote.path(file)));
      }
      return new FolderLock(channel);
    } catch (IOException e) {
      throw new UserError(
          ExitCode.CANTCREAT,
          "%s cannot be made: %s".formatted(Quote.path(file), FileProblem.of(e)));
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this process has it already
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
