package dev.gatehouse.server;

import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.directory.Person;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The people of the directory of the moment; each call is seen through by the one it began with.
 */
final class ExchangeablePeople implements PeopleAdministration {
  /** Has a question answered by the directory of the moment. */
  interface Asker {
    <T> T ask(Function<DirectoryBackend, T> question);
  }

  private final Asker current;

  ExchangeablePeople(Asker current) {
    this.current = current;
  }

  private <T> T ask(Function<PeopleAdministration, T> question) {
    return current.ask(backend -> question.apply(backend.administration()));
  }

  private void run(Consumer<PeopleAdministration> change) {
    var _ =
        ask(
            people -> {
              change.accept(people);
              return true;
            });
  }

  @Override
  public List<Person> people() {
    return ask(p -> p.people());
  }

  @Override
  public List<KeyHolder> keyHolders() {
    return ask(p -> p.keyHolders());
  }

  @Override
  public Optional<Person> person(Username username) {
    return ask(p -> p.person(username));
  }

  @Override
  public Person add(NewPerson person) {
    return ask(p -> p.add(person));
  }

  @Override
  public void add(List<NewPerson> people, Consumer<NewPerson> made) {
    run(p -> p.add(people, made));
  }

  @Override
  public Person edit(Username username, Changes changes) {
    return ask(p -> p.edit(username, changes));
  }

  @Override
  public List<String> locks(Username username) {
    return ask(p -> p.locks(username));
  }

  @Override
  public List<GroupName> remove(Username username) {
    return ask(p -> p.remove(username));
  }

  @Override
  public void setDisabled(Username username, boolean disabled) {
    run(p -> p.setDisabled(username, disabled));
  }

  @Override
  public List<AuthorizedKeyLine> keys(Username username) {
    return ask(p -> p.keys(username));
  }

  @Override
  public void addKey(Username username, AuthorizedKeyLine key) {
    run(p -> p.addKey(username, key));
  }

  @Override
  public void removeKey(Username username, String fingerprint) {
    run(p -> p.removeKey(username, fingerprint));
  }

  @Override
  public void setPassword(Username username, String password) {
    run(p -> p.setPassword(username, password));
  }

  @Override
  public List<Group> groups() {
    return ask(p -> p.groups());
  }

  @Override
  public Optional<Group> group(GroupName name) {
    return ask(p -> p.group(name));
  }

  @Override
  public Group addGroup(GroupName name, Username firstMember) {
    return ask(p -> p.addGroup(name, firstMember));
  }

  @Override
  public Group addEmptyGroup(GroupName name) {
    return ask(p -> p.addEmptyGroup(name));
  }

  @Override
  public void removeGroup(GroupName name) {
    run(p -> p.removeGroup(name));
  }

  @Override
  public Group renameGroup(GroupName name, GroupName replacement) {
    return ask(p -> p.renameGroup(name, replacement));
  }

  @Override
  public void addMember(GroupName group, Username member) {
    run(p -> p.addMember(group, member));
  }

  @Override
  public void removeMember(GroupName group, Username member) {
    run(p -> p.removeMember(group, member));
  }

  @Override
  public SelfService selfService() {
    return new ExchangeableSelfService();
  }

  private final class ExchangeableSelfService implements SelfService {
    @Override
    public void addKey(Username person, String password, AuthorizedKeyLine key) {
      run(p -> p.selfService().addKey(person, password, key));
    }

    @Override
    public void removeKey(Username person, String password, String fingerprint) {
      run(p -> p.selfService().removeKey(person, password, fingerprint));
    }

    @Override
    public void changePassword(Username person, String password, String replacement) {
      run(p -> p.selfService().changePassword(person, password, replacement));
    }
  }
}
