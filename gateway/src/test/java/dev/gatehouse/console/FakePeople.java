package dev.gatehouse.console;

import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.name.AccountPath;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** People in memory; what the directory itself refuses is tested there. */
public final class FakePeople implements PeopleAdministration {
  private final Map<Username, Person> people = new TreeMap<>();
  private final Map<Username, List<AuthorizedKeyLine>> keys = new HashMap<>();

  /** Whoever was enabled and had a key, for however short a time. */
  final Set<Username> couldEverLogIn = new HashSet<>();

  private final Map<Username, Runnable> meanwhile = new HashMap<>();
  private final Map<Username, RuntimeException> failures = new HashMap<>();
  private final Map<Username, String> passwords = new HashMap<>();
  private final Map<GroupName, Integer> gids = new HashMap<>();
  private final Set<GroupName> empty = new HashSet<>();

  void put(Person person) {
    people.put(person.username(), person);
    if (!person.disabled() && !person.keys().isEmpty()) {
      couldEverLogIn.add(person.username());
    }
  }

  @Override
  public List<Person> people() {
    return List.copyOf(people.values());
  }

  @Override
  public Optional<Person> person(Username username) {
    return Optional.ofNullable(people.get(username));
  }

  @Override
  public List<KeyHolder> keyHolders() {
    return people().stream().map(p -> new KeyHolder(p, keys(p.username()))).toList();
  }

  /** What comes of adding this person from now on; null for nothing special. */
  void failsAt(Username username, RuntimeException failure) {
    failures.put(username, failure);
  }

  /** What happens while this person is added. */
  void during(Username username, Runnable what) {
    meanwhile.put(username, what);
  }

  @Override
  public void add(List<NewPerson> several, Consumer<NewPerson> made) {
    for (var person : several) {
      add(person);
      made.accept(person);
    }
  }

  @Override
  public Person add(NewPerson person) {
    meanwhile.getOrDefault(person.username(), () -> {}).run();
    if (failures.get(person.username()) != null) {
      throw failures.get(person.username());
    }
    var name = person.username().value();
    var groups = person.groups().stream().map(GroupName::value).toArray(String[]::new);
    var uid = person.uid().orElse(3000 + people.size());
    put(ConsoleFixture.person(name, uid, person.displayName(), person.disabled(), groups));
    edit(person.username(), new Changes(Optional.empty(), person.account()));
    person.keys().forEach(k -> addKey(person.username(), k));
    return people.get(person.username());
  }

  @Override
  public Person edit(Username username, Changes changes) {
    var p = people.get(username);
    put(
        new Person(
            username,
            p.uidNumber(),
            changes.account().primaryGroup().map(this::gid).orElse(p.gidNumber()),
            changes.displayName().orElse(p.displayName()),
            changes.account().home().map(AccountPath::value).orElse(p.homeDirectory()),
            changes.account().shell().map(AccountPath::value).orElse(p.loginShell()),
            p.groups(),
            p.keys(),
            p.disabled()));
    changes.account().primaryGroup().ifPresent(g -> addMember(g, username));
    return people.get(username);
  }

  @Override
  public List<String> locks(Username username) {
    return people.get(username).disabled() ? List.of("shadowExpire: 1") : List.of();
  }

  @Override
  public List<GroupName> remove(Username username) {
    people.remove(username);
    return List.of();
  }

  @Override
  public void setDisabled(Username username, boolean disabled) {
    person(username).ifPresent(p -> put(changed(p, p.groups(), disabled)));
  }

  @Override
  public List<AuthorizedKeyLine> keys(Username username) {
    return List.copyOf(keys.getOrDefault(username, List.of()));
  }

  @Override
  public void addKey(Username username, AuthorizedKeyLine key) {
    var theirs = keys.computeIfAbsent(username, _ -> new ArrayList<>());
    theirs.removeIf(k -> k.key().key().equals(key.key().key()));
    theirs.add(key);
    person(username).ifPresent(p -> put(changed(p, p.groups(), p.disabled())));
  }

  @Override
  public void removeKey(Username username, String fingerprint) {
    keys.get(username).removeIf(k -> k.key().key().fingerprint().equals(fingerprint));
    person(username).ifPresent(p -> put(changed(p, p.groups(), p.disabled())));
  }

  @Override
  public void setPassword(Username username, String password) {
    passwords.put(username, password);
  }

  @Override
  public List<Group> groups() {
    return Stream.concat(empty.stream(), people.values().stream().flatMap(p -> p.groups().stream()))
        .distinct()
        .sorted()
        .map(g -> new Group(g, gid(g), members(g)))
        .toList();
  }

  @Override
  public Optional<Group> group(GroupName name) {
    return groups().stream().filter(g -> g.name().equals(name)).findFirst();
  }

  @Override
  public Group addGroup(GroupName name, Username firstMember) {
    addMember(name, firstMember);
    return group(name).orElseThrow();
  }

  @Override
  public Group addEmptyGroup(GroupName name) {
    empty.add(name);
    return group(name).orElseThrow();
  }

  @Override
  public void removeGroup(GroupName name) {
    empty.remove(name);
    members(name).forEach(m -> removeMember(name, m));
  }

  @Override
  public void addMember(GroupName group, Username member) {
    var person =
        person(member).orElseThrow(() -> new UserError(ExitCode.NOUSER, "nobody: " + member));
    var groups = new HashSet<>(person.groups());
    groups.add(group);
    put(changed(person, groups, person.disabled()));
  }

  @Override
  public void removeMember(GroupName group, Username member) {
    var person = people.get(member);
    var groups = new HashSet<>(person.groups());
    groups.remove(group);
    put(changed(person, groups, person.disabled()));
  }

  @Override
  public Group renameGroup(GroupName name, GroupName replacement) {
    gids.put(replacement, gid(name));
    members(name)
        .forEach(
            m -> {
              removeMember(name, m);
              addMember(replacement, m);
            });
    return group(replacement).orElseThrow();
  }

  /** Checks the password as a directory does. */
  @Override
  public SelfService selfService() {
    return new SelfService() {
      @Override
      public void addKey(Username person, String password, AuthorizedKeyLine key) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void removeKey(Username person, String password, String fingerprint) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void changePassword(Username person, String password, String replacement) {
        if (!password.equals(passwords.get(person))) {
          throw new UserError(ExitCode.NOPERM, "that is not the password of " + person);
        }
        passwords.put(person, replacement);
      }
    };
  }

  String password(Username username) {
    return passwords.get(username);
  }

  /** The number of a group never changes. */
  private int gid(GroupName name) {
    return gids.computeIfAbsent(name, _ -> 500 + gids.size());
  }

  private List<Username> members(GroupName group) {
    return people.values().stream()
        .filter(p -> p.groups().contains(group))
        .map(Person::username)
        .toList();
  }

  private Person changed(Person p, Set<GroupName> groups, boolean disabled) {
    return new Person(
        p.username(),
        p.uidNumber(),
        p.gidNumber(),
        p.displayName(),
        p.homeDirectory(),
        p.loginShell(),
        groups,
        keys(p.username()).stream().map(AuthorizedKeyLine::key).toList(),
        disabled);
  }
}
