package dev.gatehouse.workspace.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.file.DurableFile;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.WorkspaceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where local workspaces keep what survives a restart:
 *
 * <pre>
 * homes/UID/                          the home, shared by all of a person's workspaces
 * workspaces/UID/NAME/host_key        the private host key, in OpenSSH's format
 * workspaces/UID/NAME/machine-type    the machine type's name; its time is when the state changed
 * run/UID/NAME/                       what its services note, while it runs
 * </pre>
 */
record StateFolder(Path root) {
  private static final String HOST_KEY = "host_key";
  private static final String MACHINE_TYPE = "machine-type";

  /** For folders that nobody but their owner may enter. */
  static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** A workspace that was started at least once. */
  record Known(MachineTypeName type, Instant since) {}

  /** The person's home; made when it is not there. */
  Path home(Username owner) throws IOException {
    var homes = Files.createDirectories(root.resolve("homes"), PRIVATE);
    var home = homes.resolve(owner.value());
    if (!Files.isDirectory(home)) {
      Skeleton.createHome(homes, home);
    }
    return home;
  }

  /** The person's home, if it is there. */
  Optional<Path> existingHome(Username owner) {
    return Optional.of(root.resolve("homes").resolve(owner.value())).filter(Files::isDirectory);
  }

  /**
   * Takes a home away at once, if it is there, so that the next start makes a new one.
   *
   * @return where its files are, to be deleted
   */
  Optional<Path> discardHome(Username owner) throws IOException {
    var home = existingHome(owner);
    if (home.isEmpty()) {
      return Optional.empty();
    }
    var doomed = Files.createTempDirectory(root.resolve("homes"), ".deleted-", PRIVATE);
    Files.move(home.get(), doomed.resolve("home"), StandardCopyOption.ATOMIC_MOVE);
    return Optional.of(doomed);
  }

  /** The workspace's host key; made once. */
  KeyPair hostKey(WorkspaceId id) throws IOException {
    return KeyFile.openEd25519(folder(id).resolve(HOST_KEY));
  }

  /** Remembers that the workspace exists, and came into its state at that moment. */
  void remember(WorkspaceId id, MachineTypeName type, Instant since) throws IOException {
    var file = new DurableFile(folder(id).resolve(MACHINE_TYPE));
    file.removeLeftovers();
    file.replace((type.value() + "\n").getBytes(US_ASCII));
    Files.setLastModifiedTime(file.path(), FileTime.from(since));
  }

  /** What was remembered of a workspace. */
  Optional<Known> find(WorkspaceId id) throws IOException {
    var file = path(id).resolve(MACHINE_TYPE);
    try {
      var type = new MachineTypeName(Files.readString(file).strip());
      return Optional.of(new Known(type, Files.getLastModifiedTime(file).toInstant()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Makes the folder of what runs in a workspace that is about to start: empty. */
  Path newRunFolder(WorkspaceId id) throws IOException {
    var folder = runFolder(id);
    if (Files.isDirectory(folder)) {
      LocalHome.deleteNow(folder);
    }
    return Files.createDirectories(folder, PRIVATE);
  }

  private Path runFolder(WorkspaceId id) {
    return root.resolve("run").resolve(id.owner().value()).resolve(id.name().value());
  }

  /** Forgets a workspace, its host key included. */
  void forget(WorkspaceId id) throws IOException {
    Files.deleteIfExists(path(id).resolve(MACHINE_TYPE));
    Files.deleteIfExists(path(id).resolve(HOST_KEY));
    Files.deleteIfExists(path(id));
  }

  /** Whoever had a workspace. */
  List<Username> owners() throws IOException {
    if (!Files.isDirectory(workspaces())) {
      return List.of();
    }
    try (var entries = Files.list(workspaces())) {
      return entries.map(entry -> new Username(entry.getFileName().toString())).sorted().toList();
    }
  }

  /** The names of the person's workspaces, sorted. */
  List<WorkspaceName> names(Username owner) throws IOException {
    var folder = workspaces().resolve(owner.value());
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var entries = Files.list(folder)) {
      return entries
          .map(entry -> new WorkspaceName(entry.getFileName().toString()))
          .sorted()
          .toList();
    }
  }

  private Path folder(WorkspaceId id) throws IOException {
    return Files.createDirectories(path(id), PRIVATE);
  }

  private Path path(WorkspaceId id) {
    return workspaces().resolve(id.owner().value()).resolve(id.name().value());
  }

  private Path workspaces() {
    return root.resolve("workspaces");
  }
}
