package dev.gatehouse.console;

import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** People in memory; what the directory itself refuses is tested there. */
final class FakePeople implements PeopleAdministration {
  private final Map<Username, Person> people = new TreeMap<>();
  private final Map<Username, List<AuthorizedKeyLine>> keys = new HashMap<>();
  private final Map<Username, String> passwords = new HashMap<>();

  void put(Person person) {
    people.put(person.username(), person);
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
  public Person add(NewPerson person) {
    var name = person.username().value();
    var groups = person.groups().stream().map(GroupName::value).toArray(String[]::new);
    put(ConsoleFixture.person(name, 3000 + people.size(), person.displayName(), false, groups));
    person.keys().forEach(k -> addKey(person.username(), k));
    return people.get(person.username());
  }

  @Override
  public List<GroupName> remove(Username username) {
    people.remove(username);
    return List.of();
  }

  @Override
  public void setDisabled(Username username, boolean disabled) {
    people.computeIfPresent(username, (_, p) -> changed(p, p.groups(), disabled));
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
    people.computeIfPresent(username, (_, p) -> changed(p, p.groups(), p.disabled()));
  }

  @Override
  public void removeKey(Username username, String fingerprint) {
    keys.get(username).removeIf(k -> k.key().key().fingerprint().equals(fingerprint));
    people.computeIfPresent(username, (_, p) -> changed(p, p.groups(), p.disabled()));
  }

  @Override
  public void setPassword(Username username, String password) {
    passwords.put(username, password);
  }

  @Override
  public List<Group> groups() {
    return people.values().stream()
        .flatMap(p -> p.groups().stream())
        .distinct()
        .sorted()
        .map(g -> new Group(g, 500, members(g)))
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
  public void removeGroup(GroupName name) {
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

  private List<Username> members(GroupName group) {
    return people.values().stream()
        .filter(p -> p.groups().contains(group))
        .map(Person::username)
        .toList();
  }

  private Person changed(Person p, java.util.Set<GroupName> groups, boolean disabled) {
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
