package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.Username;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads people from LDAP: one search for the person, one for their groups, and one more for each
 * level of groups within groups where they are nested. It can only ask, not change.
 */
public final class LdapDirectory implements Directory {
  private static final Logger LOG = LoggerFactory.getLogger(LdapDirectory.class);
  private static final int MAX_GROUPS = 1000;

  /** Two are as bad as any number: a name must lead to one person. */
  private static final int MAX_PEOPLE = 2;

  /** Checks a password without becoming anybody (RFC 4511, 4.2). */
  public interface Binder {
    void bind(String dn, String password) throws LDAPException;
  }

  private final Search.Answerer ldap;
  private final Binder binder;
  private final SchemaMapping schemaMapping;
  private final Tree tree;
  private final PersonEntry reader;

  /** Whether the log has been told that it does not answer. */
  private final AtomicBoolean away = new AtomicBoolean();

  public LdapDirectory(
      Search.Answerer ldap, Binder binder, SchemaMapping schemaMapping, InstantSource clock) {
    this.ldap = ldap;
    this.binder = binder;
    this.schemaMapping = schemaMapping;
    this.tree = schemaMapping.tree();
    this.reader = new PersonEntry(clock, schemaMapping.foldsNames());
  }

  /**
   * @throws FailureException as broken, if the server refuses what we ask for: to try again would
   *     not help
   */
  @Override
  public PersonLookup person(Username username) {
    try {
      var entries = entries(username);
      if (away.getAndSet(false)) {
        LOG.info("the directory answers again");
      }
      return entries.size() == 1
          ? read(username, entries.getFirst())
          : nobody(
              username,
              entries.isEmpty()
                  ? new PersonLookup.Unknown()
                  : InvalidEntry.because(username, "more than one entry has this uid"));
    } catch (LDAPException e) {
      return isTooMany(e)
          ? InvalidEntry.because(username, "more groups match than may be read")
          : unanswered(e);
    }
  }

  /** Those by that name; of many, no more than it takes to say that there are many. */
  private List<? extends Entry> entries(Username username) throws LDAPException {
    try {
      return new Search(
              tree.people(),
              schemaMapping.person(username),
              MAX_PEOPLE,
              schemaMapping.personAttributes())
          .in(ldap);
    } catch (LDAPSearchException e) {
      if (isTooMany(e)) {
        return Objects.requireNonNull(e.getSearchEntries());
      }
      throw e;
    }
  }

  private static boolean isTooMany(LDAPException e) {
    return e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED);
  }

  /** Who may not log in costs as many questions as a person with groups. */
  private PersonLookup nobody(Username username, PersonLookup answer) throws LDAPException {
    var found = groups(schemaMapping.groupsOf(username, 0, decoy()));
    if (schemaMapping.nested() && found.isEmpty()) {
      groups(schemaMapping.groupsAbove(List.of(decoy())));
    }
    return answer;
  }

  @Override
  public PasswordCheck password(Username username, String password) {
    if (password.isEmpty()) {
      return new PasswordCheck.Wrong();
    }
    try {
      var entries =
          new Search(tree.people(), schemaMapping.person(username), MAX_PEOPLE, List.of("1.1"))
              .in(ldap);
      binder.bind(entries.size() == 1 ? entries.getFirst().getDN() : decoy(), password);
      return entries.size() == 1 ? new PasswordCheck.Right() : new PasswordCheck.Wrong();
    } catch (LDAPException e) {
      return LdapFailures.mayPass(e)
          ? new PasswordCheck.Unavailable(LdapFailures.describe(e))
          : new PasswordCheck.Wrong();
    }
  }

  /** Nobody's entry: who does not exist takes as many questions as who does. */
  private String decoy() {
    return "uid=_," + tree.people();
  }

  private PersonLookup read(Username username, Entry entry) throws LDAPException {
    try {
      var person = reader.read(username, schemaMapping.canonical(entry));
      var groups = groups(username, person.gidNumber(), entry.getDN());
      return new PersonLookup.Found(person.withGroups(groups.names(), groups.numbers()));
    } catch (UserError e) {
      return nobody(username, InvalidEntry.because(username, e.text()));
    }
  }

  private GroupSet groups(Username username, int gidNumber, String dn) throws LDAPException {
    var groups = new GroupSet();
    var found = groups(schemaMapping.groupsOf(username, gidNumber, dn));
    for (var depth = 0; !found.isEmpty(); depth++) {
      var above =
          found.stream()
              .filter(e -> groups.add(schemaMapping.canonical(e)))
              .map(Entry::getDN)
              .toList();
      found =
          schemaMapping.nested() && depth < GroupSet.MAX_DEPTH && !above.isEmpty()
              ? groups(schemaMapping.groupsAbove(above))
              : List.of();
    }
    return groups;
  }

  private List<SearchResultEntry> groups(Filter filter) throws LDAPException {
    return new Search(tree.groups(), filter, MAX_GROUPS, schemaMapping.groupNameAttributes())
        .in(ldap);
  }

  /** One outage is one line: a gateway that waits for its directory asks twice a second. */
  private PersonLookup unanswered(LDAPException e) {
    var why = LdapFailures.describe(e);
    if (LdapFailures.mayPass(e)) {
      if (!away.getAndSet(true)) {
        LOG.warn("the directory does not answer: {}", why);
      }
      return new PersonLookup.Unavailable(why);
    }
    throw new FailureException(
        new Failure.Broken("directory-refused", "the directory refused the gateway's question"), e);
  }
}
