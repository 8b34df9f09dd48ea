package dev.gatehouse;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;

/** A folder for keys and people, closed to all others. */
record PrivateFolder(Path path) {
  /** Makes the folder if it is not there. */
  static PrivateFolder open(Optional<Path> asked) {
    var path = asked.orElseGet(PrivateFolder::usual).toAbsolutePath().normalize();
    try {
      make(path);
      refuseIfOpenToOthers(path);
    } catch (IOException e) {
      throw unusable(path, "cannot be made: " + FileProblem.of(e));
    }
    if (!Files.isWritable(path)) {
      throw unusable(path, "cannot be written by this user");
    }
    return new PrivateFolder(path);
  }

  Path file(String name) {
    return path.resolve(name);
  }

  /** XDG Base Directory Specification. */
  static Path usual() {
    var state = Optional.ofNullable(System.getenv("XDG_STATE_HOME")).filter(s -> s.startsWith("/"));
    return state
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "state"))
        .resolve("gatehouse");
  }

  private static void make(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    if (Files.exists(path)) {
      throw unusable(path, "is not a folder");
    }
    Files.createDirectories(path.resolveSibling("."));
    Files.createDirectory(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static void refuseIfOpenToOthers(Path path) throws IOException {
    var forOthers = Files.getPosixFilePermissions(path);
    forOthers.removeAll(
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE));
    if (!forOthers.isEmpty()) {
      throw unusable(path, "is open to others, and private keys are kept there: chmod 700 it");
    }
  }

  private static UserError unusable(Path path, String why) {
    return new UserError(
        ExitCode.CANTCREAT,
        "the state folder %s %s; choose another with --state".formatted(Quote.path(path), why));
  }
}
