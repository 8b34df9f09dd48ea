package dev.gatehouse.platform.helm;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/**
 * A temporary folder with the files that one call of Helm reads. They hold credentials and values,
 * so that nobody else may read them, and they are gone when the call has ended.
 */
final class CallFiles implements AutoCloseable {
  private final Path folder;

  CallFiles() {
    try {
      folder = Files.createTempDirectory("gatehouse-helm"); // rwx------
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  Path folder() {
    return folder;
  }

  Path write(String name, String text) {
    var file = folder.resolve(name);
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  @Override
  public void close() {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  static UserError unreadable(Path file, IOException e) {
    return new UserError(
        ExitCode.NOINPUT, "%s cannot be read: %s".formatted(Quote.path(file), FileProblem.of(e)));
  }

  private static UserError unusable(IOException e) {
    return new UserError(
        ExitCode.CANTCREAT,
        "the temporary folder cannot be used (%s); -Djava.io.tmpdir=FOLDER names another"
            .formatted(FileProblem.of(e)));
  }
}
