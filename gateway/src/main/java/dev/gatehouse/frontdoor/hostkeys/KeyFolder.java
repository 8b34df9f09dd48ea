package dev.gatehouse.frontdoor.hostkeys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;
import static java.util.stream.Collectors.joining;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.DurableFile;
import dev.gatehouse.file.FileProblem;
import dev.gatehouse.key.KeyFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The files of the host keys: {@code ssh_host_ed25519_key} is current, {@code
 * ssh_host_ed25519_key.next} takes its place at the next retirement, {@code …-cert.pub} beside
 * either is its certificate.
 *
 * <p>A retirement renames several files, and must not stop half way: so what is to be renamed is
 * written to {@code ssh_host_keys.retiring} first, and whoever opens the folder while that is there
 * finishes it. A key that was made later must never be taken for one of those, so nothing else is
 * done before.
 */
final class KeyFolder {
  private static final String NEXT = ".next";
  private static final String CERTIFICATE = "-cert.pub";
  private static final String RETIRING = "ssh_host_keys.retiring";

  private final Path folder;
  private final Runnable beforeEachChange;

  /**
   * @param beforeEachChange called before the disk is changed: a test lets the world end there
   */
  KeyFolder(Path folder, Runnable beforeEachChange) {
    this.folder = folder.toAbsolutePath();
    this.beforeEachChange = beforeEachChange;
  }

  boolean hasCurrent(HostKeyType type) {
    return Files.exists(folder.resolve(type.file()));
  }

  boolean hasNext(HostKeyType type) {
    return Files.exists(folder.resolve(type.file() + NEXT));
  }

  /** Reads a current key, or makes it if there is none. */
  OwnKey current(HostKeyType type) {
    return open(type, folder.resolve(type.file()));
  }

  /** Reads a next key, or makes it if there is none. */
  OwnKey next(HostKeyType type) {
    return open(type, folder.resolve(type.file() + NEXT));
  }

  /** Where the certificate of a current key may be. */
  Path certificate(HostKeyType type) {
    return folder.resolve(type.file() + CERTIFICATE);
  }

  boolean isRetiring() {
    return Files.exists(folder.resolve(RETIRING));
  }

  /** Puts the next keys in the places of the current ones, which are gone then. */
  void retire(List<HostKeyType> types) throws IOException {
    var names = types.stream().map(HostKeyType::file).collect(joining("\n"));
    change();
    new DurableFile(folder.resolve(RETIRING)).replace(names.getBytes(UTF_8));
    finishRetirement();
  }

  /** Does what is left of a retirement, if there is one. */
  void finishRetirement() throws IOException {
    if (!isRetiring()) {
      return;
    }
    var marker = folder.resolve(RETIRING);
    for (var name : Files.readAllLines(marker, UTF_8)) {
      moveIfThere(name + NEXT, name);
      moveIfThere(name + NEXT + CERTIFICATE, name + CERTIFICATE);
    }
    sync();
    change();
    Files.delete(marker);
    sync();
  }

  private void moveIfThere(String from, String to) throws IOException {
    if (Files.exists(folder.resolve(from))) {
      change();
      Files.move(folder.resolve(from), folder.resolve(to), ATOMIC_MOVE);
    }
  }

  /** Without this the renames can be lost in a power cut after the file that asks for them. */
  private void sync() throws IOException {
    try (var channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }

  private OwnKey open(HostKeyType type, Path file) {
    if (!Files.exists(file)) {
      change();
    }
    var pair = KeyFile.open(file, type::generate);
    var key = KeyFile.publicKey(pair);
    if (!key.type().equals(type.keyType())) {
      throw new UserError(
          ExitCode.CONFIG,
          "%s: holds a key of type %s; put one of type %s there, or remove the file and a new one"
                  .formatted(Quote.path(file), key.type(), type.keyType())
              + " is made");
    }
    return new OwnKey(type, pair, key, made(file));
  }

  private static Instant made(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      throw new UserError(
          ExitCode.NOINPUT,
          "%s: cannot be read: %s".formatted(Quote.path(file), FileProblem.of(e)));
    }
  }

  private void change() {
    beforeEachChange.run();
  }
}
