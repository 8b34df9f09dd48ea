package dev.gatehouse.workspace.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The first content of a home. */
final class Skeleton {
  private static final Path SKELETON = Path.of("/etc/skel");

  private Skeleton() {}

  /** Filled beside its place and then moved there, so that a home is never half made. */
  static void createHome(Path homes, Path home) throws IOException {
    var draft = Files.createTempDirectory(homes, ".new-", StateFolder.PRIVATE);
    if (Files.isDirectory(SKELETON)) {
      copy(SKELETON, draft);
    }
    Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var entries = Files.walk(from)) {
      for (var entry : (Iterable<Path>) entries.skip(1)::iterator) {
        Files.copy(
            entry,
            to.resolve(from.relativize(entry)),
            StandardCopyOption.COPY_ATTRIBUTES,
            LinkOption.NOFOLLOW_LINKS);
      }
    }
  }
}
