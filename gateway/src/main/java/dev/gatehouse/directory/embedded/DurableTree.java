package dev.gatehouse.directory.embedded;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import dev.gatehouse.directory.LdapDirectory;
import dev.gatehouse.directory.LdapFailures;
import dev.gatehouse.directory.Search;
import dev.gatehouse.directory.Tree;
import dev.gatehouse.directory.editing.LdapAdministration;
import dev.gatehouse.directory.editing.TreeChange;
import dev.gatehouse.directory.ldif.LdifFile;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.DurableFile.NotSyncedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Entries in memory that are never ahead of the disk. A change is made in a second tree, saved from
 * there, and only then taken over as one into the tree that people read: nobody sees a change that
 * a crash could undo, and one that cannot be saved has not happened.
 */
final class DurableTree implements LdapAdministration.Changer {
  private static final String HEADER =
      "# Written by the gateway at each change; edit it only while the gateway is stopped.\n\n";

  /** Where the whole tree goes; it must have arrived when this returns. */
  interface Store {
    void replace(byte[] ldif) throws IOException;
  }

  private final Tree tree;
  private final Store store;
  private final InMemoryDirectoryServer published;

  /** Guarded by {@link #lock}; between changes it equals {@link #published}. */
  private final InMemoryDirectoryServer prepared;

  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong version = new AtomicLong();

  DurableTree(Tree tree, Store store) {
    var schema = EmbeddedSchema.load();
    this.tree = tree;
    this.store = store;
    this.published = EmbeddedServer.readOnly(tree.base(), schema);
    this.prepared = EmbeddedServer.writable(tree.base(), schema);
  }

  /** Answers at once, and has no way to change anything. */
  Search.Answerer reader() {
    return published::search;
  }

  /** The same as an interface of the library; it refuses changes. */
  LDAPInterface published() {
    return published;
  }

  /** Checks a password; throws if it is not the entry's. */
  LdapDirectory.Binder binder() {
    return published::bind;
  }

  @Override
  public boolean undoes() {
    return true;
  }

  /** Another number after each change that was made. */
  long version() {
    return version.get();
  }

  /**
   * Changes the entries: all that the change does, or nothing.
   *
   * @throws LDAPException what the change ran into, a violation of the schema for instance
   * @throws FailureException if it cannot be saved
   */
  @Override
  public void change(TreeChange change) throws LDAPException {
    lock.lock();
    var equal = false;
    try {
      change.on(prepared);
      if (differs()) {
        save();
        publish();
      }
      equal = true;
    } catch (NotSyncedException e) {
      // The file has the change: to go on without it would be the one wrong answer.
      publish();
      equal = true;
      throw notSaved(e);
    } catch (IOException e) {
      throw notSaved(e);
    } finally {
      if (!equal) {
        prepared.restoreSnapshot(published.createSnapshot());
      }
      lock.unlock();
    }
  }

  /**
   * Reads the first entries.
   *
   * @throws UserError as {@link LdifFile#read}, and if an entry does not fit the schema or its
   *     place
   */
  void load(Path file) {
    for (var placed : LdifFile.read(file)) {
      add(placed, file);
    }
    require(tree.base(), file);
    require(tree.people(), file);
    require(tree.groups(), file);
    publish();
  }

  /** Writes all entries. */
  void save() throws IOException {
    var ldif = ldif().getBytes(StandardCharsets.UTF_8);
    if (ldif.length > LdifFile.MAX_BYTES) {
      throw new IOException("the directory would be larger than %d bytes".formatted(ldif.length));
    }
    store.replace(ldif);
  }

  private void add(LdifFile.Placed placed, Path file) {
    try {
      prepared.add(placed.entry());
    } catch (LDAPException e) {
      throw LdifFile.error(
          file,
          placed.line(),
          "entry %s: %s".formatted(Quote.of(placed.entry().getDN()), LdapFailures.describe(e)));
    }
  }

  private void require(String dn, Path file) {
    try {
      if (prepared.getEntry(dn) == null) {
        throw new UserError(
            ExitCode.DATAERR, "%s: it has no entry %s".formatted(Quote.path(file), Quote.of(dn)));
      }
    } catch (LDAPException e) {
      throw new AssertionError("a directory in memory answers", e);
    }
  }

  private boolean differs() {
    var now = prepared.createSnapshot().getEntryMap();
    return !now.equals(published.createSnapshot().getEntryMap());
  }

  private void publish() {
    published.restoreSnapshot(prepared.createSnapshot());
    var _ = version.incrementAndGet();
  }

  /** Parents stand before their children, so that the file can be read from top to bottom. */
  private String ldif() {
    var ldif = new StringBuilder(HEADER);
    new TreeMap<>(prepared.createSnapshot().getEntryMap())
        .values()
        .forEach(entry -> ldif.append(entry.toLDIFString()).append('\n'));
    return ldif.toString();
  }

  private static FailureException notSaved(IOException e) {
    var why = Quote.plain(String.valueOf(e.getMessage()));
    return new FailureException(
        new Failure.Unavailable("directory-not-saved", "the change could not be saved: " + why), e);
  }
}
