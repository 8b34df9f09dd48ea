package dev.gatehouse.console;

import dev.gatehouse.console.ImportPlan.Step;
import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.directory.PeopleAdministration.Group;
import dev.gatehouse.directory.PeopleAdministration.NewPerson;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import dev.gatehouse.text.Plural;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Does what is planned, person by person. What was done stays done: the next run goes on. */
final class ImportRun {
  private final Call call;
  private final PeopleAdministration people;
  private final Set<GroupName> groups;

  ImportRun(Call call) {
    this.call = call;
    this.people = call.services().people();
    this.groups =
        new HashSet<>(people.groups().stream().map(Group::name).collect(Collectors.toSet()));
  }

  /**
   * @throws Interrupted on Ctrl-C, once the person who is being made is whole
   */
  void run(List<Step> steps) {
    var bar = new ProgressBar(call.screen(), "importing", steps.size());
    var done = 0;
    try {
      for (var step : steps) {
        var pressed = Whole.run(() -> make(step));
        done++;
        pressed |= show(bar, done, step);
        if (pressed && done < steps.size()) {
          bar.end();
          throw new Interrupted(stopped(done, steps));
        }
      }
      bar.end();
    } catch (UserError | FailureException e) {
      bar.end();
      call.screen().error(stopped(done, steps));
      throw e;
    }
  }

  /** Answers whether Ctrl-C was pressed while the client took nothing. */
  private static boolean show(ProgressBar bar, int done, Step step) {
    try {
      bar.show(done, step.wanted().user().value());
      return false;
    } catch (Interrupted e) {
      return true;
    }
  }

  private static String stopped(int done, List<Step> steps) {
    return "stopped before line %d: %d of %s done; the same command goes on"
        .formatted(
            steps.get(done).wanted().filed().line(), done, Plural.of(steps.size(), "change"));
  }

  private void make(Step step) {
    switch (step) {
      case Step.Add(var wanted) -> add(wanted);
      case Step.Change change -> change(change);
      case Step.Keep _ -> {}
    }
  }

  /** Who is to be disabled gets the keys last: they must not be able to log in for a moment. */
  private void add(WantedPerson wanted) {
    var user = wanted.user();
    var disabled = wanted.disabled().orElse(false);
    var uid = wanted.uid().map(Uid::parse).map(u -> OptionalInt.of(u.number()));
    people.add(
        new NewPerson(
            user,
            wanted.name().orElse(""),
            wanted.groups().stream().filter(groups::contains).collect(Collectors.toSet()),
            disabled ? List.<AuthorizedKeyLine>of() : wanted.keys(),
            uid.orElse(OptionalInt.empty()),
            wanted.account()));
    call.audit(
        "user import: add %s, groups %s, %s%s"
            .formatted(
                user, wanted.groups(), KeyView.words(wanted.keys()), disabled ? ", disabled" : ""));
    join(user, wanted.groups());
    if (disabled) {
      people.setDisabled(user, true);
      wanted.keys().forEach(key -> people.addKey(user, key));
    }
  }

  private void change(Step.Change change) {
    var user = change.wanted().user();
    call.audit("user import: change %s: %s".formatted(user, String.join(", ", change.words())));
    change.disabled().filter(d -> d).ifPresent(_ -> people.setDisabled(user, true));
    people.edit(user, change.changes());
    join(user, change.groups());
    change.keys().forEach(key -> people.addKey(user, key));
    change.disabled().filter(d -> !d).ifPresent(_ -> people.setDisabled(user, false));
  }

  /** A group begins with its first member. */
  private void join(Username user, Collection<GroupName> wanted) {
    for (var group : wanted) {
      if (groups.add(group)) {
        people.addGroup(group, user);
      } else {
        people.addMember(group, user);
      }
    }
  }
}
