package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads people from LDAP: one search for the person, one for their groups. It can only ask, not
 * change.
 */
final class LdapDirectory implements Directory {
  private static final Logger LOG = LoggerFactory.getLogger(LdapDirectory.class);
  private static final int MAX_GROUPS = 1000;

  /** Two are as bad as any number: a name must lead to one person. */
  private static final int MAX_PEOPLE = 2;

  /** Checks a password without becoming anybody (RFC 4511, 4.2). */
  interface Binder {
    void bind(String dn, String password) throws LDAPException;
  }

  private final Search.Answerer ldap;
  private final Binder binder;
  private final Tree tree;
  private final PersonEntry reader;

  LdapDirectory(Search.Answerer ldap, Binder binder, Tree tree, InstantSource clock) {
    this.ldap = ldap;
    this.binder = binder;
    this.tree = tree;
    this.reader = new PersonEntry(clock);
  }

  /**
   * @throws FailureException as broken, if the server refuses what we ask for: to try again would
   *     not help
   */
  @Override
  public PersonLookup person(Username username) {
    try {
      var entries =
          new Search(tree.people(), personFilter(username), MAX_PEOPLE, PersonEntry.ATTRIBUTES)
              .in(ldap);
      return switch (entries.size()) {
        case 0 -> {
          groups(username, 0, decoy());
          yield new PersonLookup.Unknown();
        }
        case 1 -> read(username, entries.getFirst());
        default -> unknown(username, "more than one entry has this uid");
      };
    } catch (LDAPException e) {
      return e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)
          ? unknown(username, "more entries match than may be read")
          : unanswered(e);
    }
  }

  @Override
  public PasswordCheck password(Username username, String password) {
    if (password.isEmpty()) {
      return new PasswordCheck.Wrong();
    }
    try {
      var entries =
          new Search(tree.people(), personFilter(username), MAX_PEOPLE, List.of("uid")).in(ldap);
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

  private PersonLookup read(Username username, SearchResultEntry entry) throws LDAPException {
    try {
      var person = reader.read(username, entry);
      var groups = groups(username, person.gidNumber(), entry.getDN());
      return new PersonLookup.Found(person.withGroups(groups.names(), groups.numbers()));
    } catch (UserError e) {
      return unknown(username, e.text());
    }
  }

  private record Groups(Set<GroupName> names, SortedSet<Integer> numbers) {}

  private Groups groups(Username username, int gidNumber, String dn) throws LDAPException {
    var filter = groupsFilter(username, gidNumber, dn);
    var names = new TreeSet<GroupName>();
    var numbers = new TreeSet<Integer>();
    for (var entry :
        new Search(tree.groups(), filter, MAX_GROUPS, GroupEntry.ATTRIBUTES).in(ldap)) {
      GroupEntry.name(entry).ifPresent(names::add);
      GroupEntry.number(entry).ifPresent(numbers::add);
    }
    return new Groups(
        Collections.unmodifiableSet(names), Collections.unmodifiableSortedSet(numbers));
  }

  /** Only {@code Filter.create…} escapes what it is given; see RFC 4515, 3. */
  static Filter personFilter(Username username) {
    return Filter.createANDFilter(
        Filter.createEqualityFilter("objectClass", "posixAccount"),
        Filter.createEqualityFilter("uid", username.value()));
  }

  /** rfc2307bis names members by DN, rfc2307 by name; the primary group names nobody. */
  static Filter groupsFilter(Username username, int gidNumber, String dn) {
    return Filter.createANDFilter(
        Filter.createEqualityFilter("objectClass", "posixGroup"),
        Filter.createORFilter(
            Filter.createEqualityFilter("gidNumber", Integer.toString(gidNumber)),
            Filter.createEqualityFilter("memberUid", username.value()),
            Filter.createEqualityFilter("member", dn)));
  }

  private static PersonLookup unknown(Username username, String why) {
    LOG.warn("{} counts as unknown: {}", username, why);
    return new PersonLookup.Unknown();
  }

  private static PersonLookup unanswered(LDAPException e) {
    var why = LdapFailures.describe(e);
    if (LdapFailures.mayPass(e)) {
      LOG.warn("the directory does not answer: {}", why);
      return new PersonLookup.Unavailable(why);
    }
    throw new FailureException(
        new Failure.Broken("directory-refused", "the directory refused the gateway's question"), e);
  }
}
