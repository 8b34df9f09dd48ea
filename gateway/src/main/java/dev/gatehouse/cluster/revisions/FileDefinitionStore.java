package dev.gatehouse.cluster.revisions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.DurableFile;
import dev.gatehouse.file.FileProblem;
import dev.gatehouse.file.TextFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definition in a file that people edit by hand as well, with its revisions in a folder beside
 * it. A hand edit is a revision like any other, so it conflicts with an older base.
 *
 * <p>The file is written in place, because it may be a link, be mounted by itself, or have an owner
 * and a mode that a new file would not have. A crash in the middle of that is mended from the
 * revision that was written down before.
 */
public final class FileDefinitionStore implements DefinitionStore {
  private static final Logger LOG = LoggerFactory.getLogger(FileDefinitionStore.class);
  private static final int MAX_BYTES = 4 << 20;

  /** An editor may take as long to write what it has begun to write. */
  private static final Duration SETTLING = Duration.ofMillis(50);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Path file;
  private final Optional<Path> original;
  private final RevisionFiles revisions;
  private final InstantSource clock;
  private final List<Thread> followers = new ArrayList<>();
  private boolean closed;

  /** Whether it is said already that the file cannot be read. */
  private boolean missed;

  private FileDefinitionStore(
      Path file, Optional<Path> original, Path folder, InstantSource clock) {
    this.file = file.toAbsolutePath();
    this.original = original;
    this.revisions = new RevisionFiles(folder);
    this.clock = clock;
  }

  /**
   * Opens the store of a file; changes are written to it.
   *
   * @param folder where the revisions are kept, made with the first one; this process must be the
   *     only one that writes there
   */
  public static FileDefinitionStore of(Path file, Path folder, InstantSource clock) {
    return open(new FileDefinitionStore(file, Optional.empty(), folder, clock));
  }

  /**
   * As above, for a file that is never written: the first change makes a copy in the folder, which
   * is the definition from then on.
   */
  public static FileDefinitionStore copying(Path original, Path folder, InstantSource clock) {
    var copy = folder.resolve("cluster.yaml");
    return open(new FileDefinitionStore(copy, Optional.of(original), folder, clock));
  }

  private static FileDefinitionStore open(FileDefinitionStore store) {
    try {
      store.revisions.removeLeftovers();
      store.recover();
      return store;
    } catch (IOException e) {
      throw new UserError(
          ExitCode.IOERR, "the definition's revisions cannot be read: " + FileProblem.of(e));
    }
  }

  /** Returns the file that has the text now. */
  public Path path() {
    return original.filter(_ -> !Files.exists(file)).orElse(file);
  }

  @Override
  public synchronized Revision current() {
    try {
      return newest();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized List<Revision> history() {
    try {
      var _ = newest();
      return revisions.all();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized Revision change(long base, String text, Author author) {
    try {
      var current = newest();
      if (current.number() != base) {
        throw DefinitionFailures.conflict(base, current);
      }
      requireWritable();
      var next = new Revision(base + 1, text, clock.instant(), author);
      revisions.intend(next);
      writeOrRestore(text, current.text());
      revisions.keep(next);
      notifyAll();
      return next;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** A hand edit is found, and becomes the newest, before anything else is looked at. */
  private Revision newest() throws IOException {
    var newest = revisions.newest();
    var text = read();
    if (newest.isPresent() && newest.get().text().equals(text)) {
      return newest.get();
    }
    var found =
        new Revision(
            newest.map(Revision::number).orElse(0L) + 1,
            newest.isPresent() ? settled(text) : text,
            clock.instant(),
            new Author(
                Files.getOwner(path()).getName(),
                Quote.path(path()),
                newest.map(_ -> path().equals(file) ? "edited by hand" : "as installed")));
    revisions.intend(found);
    revisions.keep(found);
    notifyAll();
    return found;
  }

  /** Half of a file that somebody is just writing may be sound too: it is read until it rests. */
  private String settled(String read) {
    var before = read;
    try {
      while (true) {
        Thread.sleep(SETTLING);
        var now = read();
        if (now.equals(before)) {
          return now;
        }
        before = now;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return before;
    }
  }

  private String read() {
    try {
      return TextFile.read(path(), "cluster definition", MAX_BYTES, ExitCode.CONFIG);
    } catch (UserError e) {
      throw DefinitionFailures.unavailable(e.text(), e);
    }
  }

  private void requireWritable() {
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw DefinitionFailures.readOnly(
          "%s may not be written by the gateway's user; change the file's mode, or edit it where it"
                  .formatted(Quote.path(file))
              + " comes from");
    }
  }

  /**
   * A disk that is full lets a file be cut short, and not be written: what was there comes back.
   */
  private void writeOrRestore(String text, String before) throws IOException {
    try {
      write(text);
    } catch (IOException e) {
      try {
        if (original.isEmpty()) {
          write(before);
        }
        revisions.forget();
      } catch (IOException again) {
        e.addSuppressed(again);
        if (read().equals(before)) {
          revisions.forget();
        }
      }
      throw DefinitionFailures.unavailable(
          "%s could not be written, so nothing was changed: %s"
              .formatted(Quote.path(file), FileProblem.of(e)),
          e);
    }
  }

  private void write(String text) throws IOException {
    if (original.isPresent()) {
      new DurableFile(file).replace(text.getBytes(UTF_8));
      return;
    }
    try (var out = FileChannel.open(file, WRITE, TRUNCATE_EXISTING)) {
      for (var left = ByteBuffer.wrap(text.getBytes(UTF_8)); left.hasRemaining(); ) {
        out.write(left);
      }
      out.force(true);
    }
  }

  /** Ends what a process that died had begun: a change is made whole, or was never made. */
  private void recover() throws IOException {
    var pending = revisions.pending();
    if (pending.isEmpty()) {
      return;
    }
    var text = Files.exists(file) ? read() : "";
    var wanted = pending.get().text();
    if (Files.exists(file) && wanted.startsWith(text)) {
      LOG.warn(
          "[definition-recovered] revision {} is made whole: the gateway ended while it wrote it",
          pending.get().number());
      if (!text.equals(wanted)) {
        write(wanted);
      }
      revisions.keep(pending.get());
    } else {
      revisions.forget();
    }
  }

  private static FailureException failed(IOException e) {
    return DefinitionFailures.unavailable(
        "the definition could not be read or written: " + FileProblem.of(e), e);
  }

  @Override
  public synchronized void follow(Consumer<Revision> follower) {
    if (!closed) {
      followers.add(
          Thread.ofVirtual().name("definition-" + file.getFileName()).start(() -> tell(follower)));
    }
  }

  private void tell(Consumer<Revision> follower) {
    var told = 0L;
    try {
      while (true) {
        for (var revision : after(told)) {
          follower.accept(revision);
          told = revision.number();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the store is closed", e);
    }
  }

  /** Waits for revisions after that one; returns only the current one for the first time. */
  private synchronized List<Revision> after(long told) throws InterruptedException {
    while (!closed) {
      var revisions = since(told);
      if (!revisions.isEmpty()) {
        return revisions;
      }
      wait(PAUSE.toMillis());
    }
    throw new InterruptedException();
  }

  private List<Revision> since(long told) {
    try {
      var current = newest();
      missed = false;
      if (current.number() <= told) {
        return List.of();
      }
      return told == 0
          ? List.of(current)
          : revisions.all().stream().filter(r -> r.number() > told).toList().reversed();
    } catch (IOException | FailureException e) {
      if (!missed) {
        missed = true;
        LOG.warn("[definition-unavailable] the definition cannot be read now: {}", e.getMessage());
      }
      return List.of();
    }
  }

  @Override
  public void close() {
    List<Thread> ending;
    synchronized (this) {
      closed = true;
      ending = List.copyOf(followers);
      notifyAll();
    }
    ending.forEach(Thread::interrupt);
  }
}
