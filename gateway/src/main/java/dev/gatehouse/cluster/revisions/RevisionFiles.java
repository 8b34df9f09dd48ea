package dev.gatehouse.cluster.revisions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.gatehouse.file.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of revisions, one file each. The revision that is being made has a name of its own
 * until the definition has its text: whoever finds it after a crash knows what was to be done.
 */
final class RevisionFiles {
  private static final String NAME = "revision-%d";
  private static final Pattern NUMBER = Pattern.compile("revision-([0-9]{1,18})");
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final String PENDING = "pending";

  private final Path folder;

  /**
   * @param folder made with the first revision, if it is not there; the one above must exist
   */
  RevisionFiles(Path folder) {
    this.folder = folder;
  }

  Optional<Revision> newest() throws IOException {
    var numbers = numbers();
    return numbers.isEmpty() ? Optional.empty() : Optional.of(read(file(numbers.getFirst())));
  }

  /** Returns the newest first. */
  List<Revision> all() throws IOException {
    var revisions = Stream.<Revision>builder();
    for (var number : numbers()) {
      revisions.add(read(file(number)));
    }
    return revisions.build().toList();
  }

  Optional<Revision> pending() throws IOException {
    var pending = folder.resolve(PENDING);
    return Files.exists(pending) ? Optional.of(read(pending)) : Optional.empty();
  }

  /** Writes down what is going to be done. */
  void intend(Revision revision) throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectory(folder, PRIVATE);
    }
    new DurableFile(folder.resolve(PENDING))
        .replace(RevisionFormat.write(revision).getBytes(UTF_8));
  }

  /** Makes the intended revision the newest; the oldest of too many go. */
  void keep(Revision intended) throws IOException {
    Files.move(folder.resolve(PENDING), file(intended.number()), ATOMIC_MOVE);
    for (var number : numbers().stream().skip(DefinitionStore.KEPT).toList()) {
      Files.deleteIfExists(file(number));
    }
  }

  void forget() throws IOException {
    Files.deleteIfExists(folder.resolve(PENDING));
  }

  void removeLeftovers() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    new DurableFile(folder.resolve(PENDING)).removeLeftovers();
  }

  private static Revision read(Path file) throws IOException {
    try {
      return RevisionFormat.read(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException("%s is no revision: %s".formatted(file, e.getMessage()), e);
    }
  }

  private Path file(long number) {
    return folder.resolve(NAME.formatted(number));
  }

  private List<Long> numbers() throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .map(f -> NUMBER.matcher(f.getFileName().toString()))
          .filter(m -> m.matches())
          .map(m -> Long.valueOf(m.group(1)))
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }
}
