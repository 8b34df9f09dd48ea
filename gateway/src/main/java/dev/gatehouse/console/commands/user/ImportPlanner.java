package dev.gatehouse.console.commands.user;

import dev.gatehouse.console.Administrators;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.ImageNames;
import dev.gatehouse.console.Uid;
import dev.gatehouse.console.commands.user.FiledPerson.Mistake;
import dev.gatehouse.console.commands.user.ImportPlan.Step;
import dev.gatehouse.directory.PeopleAdministration.Account;
import dev.gatehouse.directory.PeopleAdministration.Changes;
import dev.gatehouse.directory.PeopleAdministration.Group;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compares a file with the directory, and finds all mistakes before anything is changed. */
final class ImportPlanner {
  private final Call call;
  private final boolean makeGroups;
  private final Map<Username, Person> people = new HashMap<>();
  private final Map<GroupName, Group> groups = new HashMap<>();
  private final Map<String, Username> owners = new HashMap<>();
  private final Map<Username, Integer> lines = new HashMap<>();
  private final List<Mistake> mistakes;
  private final List<Step> steps = new ArrayList<>();

  /**
   * @param makeGroups whether a group that is not there is no mistake
   */
  private ImportPlanner(Call call, boolean makeGroups, List<Mistake> mistakes) {
    this.call = call;
    this.makeGroups = makeGroups;
    this.mistakes = mistakes;
    for (var person : call.services().people().people()) {
      people.put(person.username(), person);
      owners.put(Integer.toString(person.uidNumber()), person.username());
    }
    call.services().people().groups().forEach(g -> groups.put(g.name(), g));
  }

  /**
   * @param mistakes that are known already
   */
  static ImportPlan plan(
      Call call, List<FiledPerson> filed, List<Mistake> mistakes, boolean makeGroups) {
    var planner = new ImportPlanner(call, makeGroups, new ArrayList<>(mistakes));
    filed.forEach(planner::add);
    return new ImportPlan(List.copyOf(planner.steps), List.copyOf(planner.mistakes));
  }

  private void add(FiledPerson filed) {
    WantedPerson.read(filed, mistakes)
        .ifPresent(
            wanted -> {
              var before = mistakes.size();
              var step = step(wanted);
              if (mistakes.size() == before) {
                steps.add(step);
              }
            });
  }

  private Step step(WantedPerson wanted) {
    var earlier = lines.putIfAbsent(wanted.user(), wanted.filed().line());
    if (earlier != null) {
      wrong(wanted, "user: it is in line %d already".formatted(earlier));
    }
    checkGroups(wanted);
    var person = people.get(wanted.user());
    return person == null ? added(wanted) : compared(wanted, person);
  }

  private void checkGroups(WantedPerson wanted) {
    var needed = new TreeSet<GroupName>(makeGroups ? Set.of() : wanted.groups());
    wanted.account().primaryGroup().ifPresent(needed::add);
    needed.removeAll(groups.keySet());
    if (!needed.isEmpty()) {
      wrong(wanted, "there is no group %s".formatted(needed));
    }
  }

  private Step added(WantedPerson wanted) {
    check(wanted, () -> ImageNames.refuse(wanted.user(), "first 'gate user add --force'"));
    wanted.uid().ifPresent(uid -> check(wanted, () -> checkFree(uid, wanted.user())));
    wanted.account().shell().ifPresent(shell -> check(wanted, () -> Shells.check(shell)));
    return new Step.Add(wanted);
  }

  private void checkFree(String uid, Username user) {
    Uid.parse(uid);
    var owner = owners.putIfAbsent(uid, user);
    if (owner != null) {
      throw UserError.usage("the uid %s is that of %s".formatted(uid, owner));
    }
  }

  private Step compared(WantedPerson wanted, Person person) {
    var uid = Integer.toString(person.uidNumber());
    if (!wanted.uid().orElse(uid).equals(uid)) {
      wrong(wanted, "uid: it is %s, and cannot change: files belong to it".formatted(uid));
    }
    var disabled = wanted.disabled().filter(d -> d != person.disabled());
    if (disabled.orElse(false)) {
      checkMayBeDisabled(wanted);
    }
    var changes =
        new Changes(
            wanted.name().filter(n -> !Person.printable(n).equals(person.displayName())),
            account(wanted, person));
    changes.account().shell().ifPresent(shell -> check(wanted, () -> Shells.check(shell)));
    var joined = new TreeSet<>(wanted.groups());
    joined.removeAll(person.groups());
    var change = new Step.Change(wanted, changes, joined, missing(wanted, person), disabled);
    return change.words().isEmpty() ? new Step.Keep(wanted) : change;
  }

  private Account account(WantedPerson wanted, Person person) {
    var account = wanted.account();
    return new Account(
        account
            .primaryGroup()
            .filter(
                name ->
                    Optional.ofNullable(groups.get(name))
                        .filter(g -> g.gidNumber() == person.gidNumber())
                        .isEmpty()),
        account.home().filter(p -> !p.value().equals(person.homeDirectory())),
        account.shell().filter(p -> !p.value().equals(person.loginShell())));
  }

  /** The comment may be another: it would be changed back and forth by two files. */
  private static List<AuthorizedKeyLine> missing(WantedPerson wanted, Person person) {
    return wanted.keys().stream().filter(k -> !person.keys().contains(k.key())).toList();
  }

  /** One after the other a file could disable the last of them. */
  private void checkMayBeDisabled(WantedPerson wanted) {
    var administrators = groups.get(new Administrators(call.services()).group());
    if (wanted.user().equals(call.person().username())
        || (administrators != null && administrators.members().contains(wanted.user()))) {
      wrong(wanted, "state: administrators are disabled by 'gate user disable' only");
    }
  }

  private void check(WantedPerson wanted, Runnable rule) {
    try {
      rule.run();
    } catch (UserError e) {
      wrong(wanted, e.text());
    }
  }

  private void wrong(WantedPerson wanted, String what) {
    mistakes.add(wanted.filed().mistake(what));
  }
}
