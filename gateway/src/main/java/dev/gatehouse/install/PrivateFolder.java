package dev.gatehouse.install;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder for keys and people, closed to all others. */
public record PrivateFolder(Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(PrivateFolder.class);
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  /** Makes the folder if it is not there. */
  public static PrivateFolder open(Optional<Path> asked) {
    var path = asked.orElseGet(PrivateFolder::usual).toAbsolutePath().normalize();
    try {
      make(path);
      if (isOpenToOthers(path)) {
        narrow(path);
      }
    } catch (IOException e) {
      throw unusable(path, "cannot be made: " + FileProblem.of(e));
    }
    if (!Files.isWritable(path)) {
      throw unusable(path, "cannot be written by this user");
    }
    return new PrivateFolder(path);
  }

  public Path file(String name) {
    return path.resolve(name);
  }

  /** XDG Base Directory Specification. */
  public static Path usual() {
    var state = Optional.ofNullable(System.getenv("XDG_STATE_HOME")).filter(s -> s.startsWith("/"));
    return state
        .map(Path::of)
        .orElseGet(() -> UserHome.path().resolve(".local").resolve("state"))
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
    Files.createDirectory(path, PosixFilePermissions.asFileAttribute(PRIVATE));
  }

  private static boolean isOpenToOthers(Path path) throws IOException {
    return !PRIVATE.containsAll(Files.getPosixFilePermissions(path));
  }

  /**
   * As mkdir leaves it: empty, and this user's own. What else lies in a folder may be meant for
   * others, and a folder of somebody else stays theirs to open again.
   */
  private static void narrow(Path path) throws IOException {
    if (!isEmpty(path) || !isOwn(path)) {
      throw unusable(path, "is open to others, and private keys are kept there: chmod 700 it");
    }
    Files.setPosixFilePermissions(path, PRIVATE);
    LOG.warn("[state-closed] the state folder {} was open to others; its mode is 700 now", path);
  }

  private static boolean isEmpty(Path path) throws IOException {
    try (var entries = Files.newDirectoryStream(path)) {
      return !entries.iterator().hasNext();
    }
  }

  private static boolean isOwn(Path path) throws IOException {
    return Files.getOwner(path).getName().equals(System.getProperty("user.name"));
  }

  private static UserError unusable(Path path, String why) {
    return new UserError(
        ExitCode.CANTCREAT,
        "the state folder %s %s; choose another with --state".formatted(Quote.path(path), why));
  }
}
