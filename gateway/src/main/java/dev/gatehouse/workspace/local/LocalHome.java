package dev.gatehouse.workspace.local;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A home on this machine's disk, and how folders are deleted. */
final class LocalHome {
  private static final int MIB = 1 << 20;

  private LocalHome() {}

  /** What its disk holds, as a quantity. */
  static String size(Path home) {
    try {
      return Files.getFileStore(home).getTotalSpace() / MIB + "Mi";
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** Deletes the files of a home that nobody reaches any more; completes when they are gone. */
  static CompletionStage<Optional<String>> delete(Path doomed) {
    var done = new CompletableFuture<Optional<String>>();
    Thread.ofVirtual()
        .name("local-delete-" + doomed.getFileName())
        .start(
            () -> {
              try {
                deleteNow(doomed);
                done.complete(Optional.empty());
              } catch (IOException e) {
                done.completeExceptionally(notDeleted(e));
              }
            });
    return done.minimalCompletionStage();
  }

  /** Deletes a folder and all that is in it. */
  static void deleteNow(Path folder) throws IOException {
    Files.walkFileTree(folder, new Deletion());
  }

  static FailureException notDeleted(IOException e) {
    return new FailureException(
        new Failure.Broken("local-disk", "the files of the home cannot be deleted"), e);
  }

  /** Follows no link. */
  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      // Go's module cache, for one, takes the right to write from its folders.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      if (e != null) {
        throw e;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
