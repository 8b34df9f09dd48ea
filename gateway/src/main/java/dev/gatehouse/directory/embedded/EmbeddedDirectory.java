package dev.gatehouse.directory.embedded;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.gatehouse.cluster.LdapSettings.Ids;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.LdapDirectory;
import dev.gatehouse.directory.LdapFailures;
import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.directory.Person;
import dev.gatehouse.directory.PersonEntry;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.directory.Roster;
import dev.gatehouse.directory.SchemaMapping;
import dev.gatehouse.directory.Tree;
import dev.gatehouse.directory.editing.EnsuredPerson;
import dev.gatehouse.directory.editing.LdapAdministration;
import dev.gatehouse.directory.editing.LdapSelfService;
import dev.gatehouse.directory.editing.LowestNumbers;
import dev.gatehouse.directory.editing.Numbers;
import dev.gatehouse.directory.editing.TreeChange;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.DurableFile;
import dev.gatehouse.file.FileProblem;
import dev.gatehouse.file.FolderLock;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An LDAP directory inside this process, for a cluster that has none. It begins as a seed file and
 * then lives in a state file, which holds every change before anybody sees it. All methods may be
 * called by many threads; those that change something block on the disk.
 */
public final class EmbeddedDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDirectory.class);
  public static final Tree TREE = Tree.below("dc=gatehouse,dc=local");
  private static final SchemaMapping SHAPE = SchemaMapping.usual(TREE);
  private static final Numbers NUMBERS = new LowestNumbers(TREE, Ids.DEFAULT);

  private final FolderLock lock;
  private final DurableTree entries;
  private final Directory directory;
  private final Roster roster;
  private final InstantSource clock;

  private EmbeddedDirectory(FolderLock lock, DurableTree entries, InstantSource clock) {
    this.lock = lock;
    this.entries = entries;
    this.clock = clock;
    this.roster = new EmbeddedRoster(entries, SHAPE, new PersonEntry(clock, SHAPE.foldsNames()));
    this.directory = new LdapDirectory(entries.reader(), entries.binder(), SHAPE, clock);
  }

  /**
   * Opens the state file, or makes it from the seed if there is none. A state file that cannot be
   * read is left as it is.
   *
   * @param seed LDIF, read only when there is no state file
   * @param state LDIF, in a folder that belongs to this process; it is made if absent
   * @throws UserError if a file is missing or unreadable ({@link ExitCode#NOINPUT}), is no sound
   *     directory ({@link ExitCode#DATAERR}, with its line), cannot be made ({@link
   *     ExitCode#CANTCREAT}), or is another process's now ({@link ExitCode#TEMPFAIL})
   */
  public static EmbeddedDirectory open(Path seed, Path state, InstantSource clock) {
    var file = new DurableFile(state);
    var folder = makeFolder(file.path());
    var lock = FolderLock.take(folder.resolve(file.path().getFileName() + ".lock"));
    try {
      return new EmbeddedDirectory(lock, load(seed, file), clock);
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /** The people in it. */
  public Directory directory() {
    return directory;
  }

  /**
   * Makes somebody a person who can log in, for whoever runs the gateway on their own machine. What
   * people changed stays: a new person becomes an administrator, one who exists already only if
   * there is no administrators' group yet; keys are added and never taken away. Called again with
   * the same values it changes nothing.
   *
   * @param keys those that are not fit for a login are left out and logged
   * @throws UserError if an entry of that name exists which is no usable account ({@link
   *     ExitCode#DATAERR})
   * @throws dev.gatehouse.failure.FailureException if the change cannot be saved; nothing has
   *     changed then
   */
  public Person ensurePerson(
      Username username, String displayName, List<SshPublicKey> keys, GroupName administrators) {
    try {
      entries.change(
          new EnsuredPerson(SHAPE, NUMBERS, username, displayName, keys, administrators)::on);
    } catch (LDAPException e) {
      throw notUsable(username, LdapFailures.describe(e));
    }
    if (directory.person(username) instanceof PersonLookup.Found found) {
      return found.person();
    }
    throw notUsable(username, "the log says what is wrong with the entry");
  }

  /** The same people, for who may change them. */
  public PeopleAdministration administration() {
    return new LdapAdministration(
        SHAPE,
        NUMBERS,
        EmbeddedDirectory::setPassword,
        entries.published(),
        roster,
        entries,
        directory,
        selfService(),
        "the gateway",
        clock);
  }

  /** The same people, for themselves. */
  public PeopleAdministration.SelfService selfService() {
    return new LdapSelfService(SHAPE, entries.published(), new Impersonation(entries));
  }

  /** The server hashes it. */
  private static void setPassword(LDAPInterface ldap, String dn, String password)
      throws LDAPException {
    ldap.modify(dn, new Modification(ModificationType.REPLACE, "userPassword", password));
  }

  /** Who knows the password is taken for the person; there are no other rules in here. */
  private record Impersonation(DurableTree entries) implements LdapSelfService.Impersonator {
    @Override
    public void change(String dn, String password, TreeChange change) throws LDAPException {
      entries.binder().bind(dn, password);
      entries.change(change);
    }

    @Override
    public void changePassword(String dn, String password, String replacement)
        throws LDAPException {
      change(dn, password, ldap -> setPassword(ldap, dn, replacement));
    }
  }

  /** The entries, for changes of other kinds. */
  DurableTree entries() {
    return entries;
  }

  /** Lets another process have the state file. */
  @Override
  public void close() {
    lock.close();
  }

  private static DurableTree load(Path seed, DurableFile file) {
    try {
      file.removeLeftovers();
      var entries = new DurableTree(TREE, file::replace);
      if (Files.exists(file.path())) {
        entries.load(file.path());
      } else {
        entries.load(seed);
        entries.save();
        LOG.info("made {} from {}", Quote.path(file.path()), Quote.path(seed));
      }
      return entries;
    } catch (IOException e) {
      throw cannotBeMade(file.path(), e);
    }
  }

  private static Path makeFolder(Path file) {
    var folder = Objects.requireNonNull(file.getParent());
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw cannotBeMade(folder, e);
    }
  }

  private static UserError cannotBeMade(Path path, IOException e) {
    return new UserError(
        ExitCode.CANTCREAT, "%s cannot be made: %s".formatted(Quote.path(path), FileProblem.of(e)));
  }

  private static UserError notUsable(Username username, String why) {
    return new UserError(
        ExitCode.DATAERR, "%s cannot be made a person: %s".formatted(username, why));
  }
}
