package dev.gatehouse.directory.editing;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import dev.gatehouse.directory.AcceptedKeys;
import dev.gatehouse.directory.AccountLock;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.GroupEntry;
import dev.gatehouse.directory.LdapFailures;
import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.directory.Person;
import dev.gatehouse.directory.PersonLookup;
import dev.gatehouse.directory.Roster;
import dev.gatehouse.directory.SchemaMapping;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Changes people and groups in a directory of the form of rfc2307bis or rfc2307. */
public final class LdapAdministration implements PeopleAdministration {
  /** Whatever makes changes. */
  public interface Changer {
    void change(TreeChange change) throws LDAPException;

    /** Whether of a change that fails nothing is left. LDAP itself takes nothing back. */
    default boolean undoes() {
      return false;
    }
  }

  /** A change in the words of this class. */
  private interface Edit {
    void on(TreeEditor editor) throws LDAPException;
  }

  /** A question. */
  private interface Question<T> {
    T ask(TreeEditor editor) throws LDAPException;
  }

  /** Sets a password as an administrator. */
  public interface PasswordSetter {
    void set(LDAPInterface ldap, String dn, String password) throws LDAPException;
  }

  private final SchemaMapping schemaMapping;
  private final Numbers numbers;
  private final PasswordSetter passwords;
  private final LDAPInterface reader;
  private final Roster roster;
  private final Changer changer;
  private final Directory directory;
  private final SelfService selfService;
  private final String account;
  private final InstantSource clock;

  /**
   * @param numbers for new people and groups
   * @param reader asked what is there
   * @param roster everybody who is there
   * @param directory the same people, as they log in
   * @param selfService the same people, for themselves
   * @param account who the gateway is to the directory
   */
  public LdapAdministration(
      SchemaMapping schemaMapping,
      Numbers numbers,
      PasswordSetter passwords,
      LDAPInterface reader,
      Roster roster,
      Changer changer,
      Directory directory,
      SelfService selfService,
      String account,
      InstantSource clock) {
    this.schemaMapping = schemaMapping;
    this.numbers = numbers;
    this.passwords = passwords;
    this.reader = reader;
    this.roster = roster;
    this.account = account;
    this.clock = clock;
    this.changer = changer;
    this.directory = directory;
    this.selfService = selfService;
  }

  @Override
  public List<Person> people() {
    return asked(_ -> roster.replica().everybody((person, _) -> person));
  }

  @Override
  public List<KeyHolder> keyHolders() {
    return asked(
        _ ->
            roster
                .replica()
                .everybody((p, entry) -> new KeyHolder(p, AcceptedKeys.lines(entry).toList())));
  }

  @Override
  public Optional<Person> person(Username username) {
    return switch (directory.person(username)) {
      case PersonLookup.Found(var person) -> Optional.of(person);
      case PersonLookup.Unknown() -> Optional.empty();
      case PersonLookup.Unavailable(var why) -> throw unavailable(why);
    };
  }

  @Override
  public Person add(NewPerson person) {
    change(editor -> new Newcomers(editor).add(List.of(person), new ArrayList<>()));
    return found(person.username());
  }

  @Override
  public void add(List<NewPerson> people, Consumer<NewPerson> made) {
    var whole = new ArrayList<NewPerson>();
    var wanting = (int) people.stream().filter(p -> p.uid().isEmpty()).count();
    try {
      change(
          editor ->
              new Newcomers(editor.with(numbers.reserving(Math.max(1, wanting))))
                  .add(people, whole));
    } catch (UserError | FailureException e) {
      if (!changer.undoes()) {
        whole.forEach(made);
      }
      throw e;
    }
    whole.forEach(made);
  }

  @Override
  public Person edit(Username username, Changes changes) {
    change(editor -> new AccountChanges(editor).edit(username, changes));
    return found(username);
  }

  @Override
  public List<String> locks(Username username) {
    var disabled = found(username).disabled();
    return asked(
        editor ->
            Stream.concat(
                    disabled ? new AccountChanges(editor).locks(username).stream() : Stream.of(),
                    new PasswordLock(schemaMapping, reader, clock).of(username).stream())
                .toList());
  }

  @Override
  public List<GroupName> remove(Username username) {
    var emptied = new ArrayList<GroupName>();
    change(
        editor -> {
          var entry = editor.require(username);
          for (var group : editor.groups()) {
            if (editor.needs(group, username, entry.getDN())) {
              GroupEntry.name(group).ifPresent(emptied::add);
              editor.ldap().delete(group.getDN());
            } else if (TreeEditor.isMember(group, username, entry.getDN())) {
              editor.removeMember(group, username, entry.getDN());
            }
          }
          editor.ldap().delete(entry.getDN());
        });
    return List.copyOf(emptied);
  }

  @Override
  public void setDisabled(Username username, boolean disabled) {
    change(
        editor -> {
          var entry = editor.require(username);
          var changes = new ArrayList<Modification>();
          if (disabled) {
            if (!entry.hasObjectClass("shadowAccount")) {
              changes.add(new Modification(ModificationType.ADD, "objectClass", "shadowAccount"));
            }
            changes.add(
                new Modification(ModificationType.REPLACE, "shadowExpire", AccountLock.EXPIRED));
          } else if (entry.hasAttribute("shadowExpire")) {
            changes.add(new Modification(ModificationType.DELETE, "shadowExpire"));
          }
          if (!changes.isEmpty()) {
            editor.modify(entry, changes.toArray(Modification[]::new));
          }
        });
    if (!disabled && found(username).disabled()) {
      throw new UserError(
          ExitCode.DATAERR,
          "%s stays disabled: the login shell or the directory's password policy says so"
              .formatted(username));
    }
  }

  @Override
  public void addKey(Username username, AuthorizedKeyLine key) {
    change(
        editor -> {
          var entry = editor.require(username);
          editor.ldap().modify(entry.getDN(), KeyChanges.adding(entry, key));
        });
  }

  @Override
  public void removeKey(Username username, String fingerprint) {
    change(
        editor -> {
          var entry = editor.require(username);
          editor.ldap().modify(entry.getDN(), KeyChanges.removing(entry, username, fingerprint));
        });
  }

  @Override
  public void setPassword(Username username, String password) {
    Passwords.require(password);
    change(editor -> passwords.set(editor.ldap(), editor.require(username).getDN(), password));
  }

  @Override
  public List<AuthorizedKeyLine> keys(Username username) {
    return asked(editor -> AcceptedKeys.lines(editor.require(username)).toList());
  }

  @Override
  public List<Group> groups() {
    return asked(_ -> roster.replica().allGroups());
  }

  @Override
  public Optional<Group> group(GroupName name) {
    return groups().stream().filter(g -> g.name().equals(name)).findFirst();
  }

  @Override
  public Group addGroup(GroupName name, Username firstMember) {
    var number =
        addGroup(
            name,
            editor -> editor.addGroup(name, firstMember, editor.require(firstMember).getDN()));
    return new Group(name, number, List.of(firstMember));
  }

  @Override
  public Group addEmptyGroup(GroupName name) {
    return new Group(name, addGroup(name, editor -> editor.addEmptyGroup(name)), List.of());
  }

  /** Returns the new group's gidNumber. */
  private int addGroup(GroupName name, Question<String> addition) {
    var number = new ArrayList<String>();
    change(
        editor -> {
          if (editor.group(name).isPresent()) {
            throw new UserError(
                ExitCode.DATAERR, "there is a group called %s already".formatted(name));
          }
          number.add(addition.ask(editor));
        });
    return Integer.parseInt(number.getFirst());
  }

  @Override
  public void removeGroup(GroupName name) {
    change(
        editor -> {
          var group = editor.require(name);
          var primary =
              editor.all(
                  editor.tree().people(),
                  Filter.createANDFilter(
                      schemaMapping.accounts(),
                      Filter.createEqualityFilter(
                          "gidNumber", String.valueOf(group.getAttributeValue("gidNumber")))));
          if (!primary.isEmpty()) {
            throw new UserError(
                ExitCode.DATAERR,
                "%s is the primary group of %d people, so it cannot go"
                    .formatted(name, primary.size()));
          }
          editor.ldap().delete(group.getDN());
        });
  }

  @Override
  public Group renameGroup(GroupName name, GroupName replacement) {
    change(editor -> new GroupRename(editor, name, replacement).run());
    return group(replacement).orElseThrow();
  }

  @Override
  public SelfService selfService() {
    return selfService;
  }

  @Override
  public void addMember(GroupName group, Username member) {
    change(
        editor -> editor.addMember(editor.require(group), member, editor.require(member).getDN()));
  }

  @Override
  public void removeMember(GroupName name, Username member) {
    change(
        editor -> {
          var group = editor.require(name);
          var entry = editor.require(member);
          if (group.hasAttributeValue(
              "gidNumber", String.valueOf(entry.getAttributeValue("gidNumber")))) {
            throw new UserError(
                ExitCode.DATAERR, "%s is the primary group of %s".formatted(name, member));
          }
          if (!TreeEditor.isMember(group, member, entry.getDN())) {
            throw new UserError(ExitCode.DATAERR, "%s is not in %s".formatted(member, name));
          }
          if (editor.needs(group, member, entry.getDN())) {
            throw new UserError(
                ExitCode.DATAERR,
                "%s is the last member of %s, and a group needs one: remove the group instead"
                    .formatted(member, name));
          }
          editor.removeMember(group, member, entry.getDN());
        });
  }

  private Person found(Username username) {
    return person(username)
        .orElseThrow(
            () ->
                new UserError(
                    ExitCode.DATAERR,
                    "the entry of %s is unfit to log in with; the log says why"
                        .formatted(username)));
  }

  private void change(Edit edit) {
    try {
      changer.change(ldap -> edit.on(new TreeEditor(schemaMapping, ldap, numbers)));
    } catch (LDAPException e) {
      throw LdapFailures.ofChange(e, account);
    }
  }

  private <T> T asked(Question<T> question) {
    try {
      return question.ask(new TreeEditor(schemaMapping, reader, numbers));
    } catch (LDAPException e) {
      throw LdapFailures.ofQuestion(e, account);
    }
  }

  private static FailureException unavailable(String why) {
    return LdapFailures.unavailable(new IllegalStateException(why));
  }
}
