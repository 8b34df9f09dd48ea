package dev.gatehouse.console.commands.user;

import dev.gatehouse.console.Call;
import dev.gatehouse.console.Uid;
import dev.gatehouse.console.Uninterruptible;
import dev.gatehouse.console.commands.keys.KeyView;
import dev.gatehouse.console.commands.user.ImportPlan.Step;
import dev.gatehouse.console.view.Interrupted;
import dev.gatehouse.console.view.ProgressBar;
import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.directory.PeopleAdministration.Group;
import dev.gatehouse.directory.PeopleAdministration.NewPerson;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import dev.gatehouse.text.Plural;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Does what is planned, in the order of the file. What was done stays done: the next run goes on.
 */
final class ImportRun {
  /** Few at first, so that Ctrl-C is soon heard; where many are, each change costs more. */
  private static final int FEWEST_AT_ONCE = 100;

  private static final int MOST_AT_ONCE = 500;

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
   * @throws Interrupted on Ctrl-C, once those who are being made are whole
   */
  void run(List<Step> steps) {
    var bar = new ProgressBar(call.screen(), "importing", steps.size());
    var done = new AtomicInteger();
    try {
      while (done.get() < steps.size()) {
        var next = together(steps, done.get());
        var first = done.get();
        var pressed = Uninterruptible.run(() -> make(next, done::incrementAndGet));
        for (var i = first; i < done.get(); i++) {
          pressed |= show(bar, i + 1, steps.get(i));
        }
        if (pressed && done.get() < steps.size()) {
          bar.end();
          throw new Interrupted(stopped(done.get(), steps));
        }
      }
      bar.end();
    } catch (UserError | FailureException e) {
      bar.end();
      call.screen().error(stopped(done.get(), steps));
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

  /** Those who are new are added many at once: it is far less for the directory. */
  private static List<Step> together(List<Step> steps, int done) {
    var most = Math.clamp(done / 4, FEWEST_AT_ONCE, MOST_AT_ONCE);
    var adds = steps.stream().skip(done).limit(most).takeWhile(Step.Add.class::isInstance).toList();
    return adds.isEmpty() ? List.of(steps.get(done)) : adds;
  }

  /**
   * @param made is called after each
   */
  private void make(List<Step> steps, Runnable made) {
    if (steps.getFirst() instanceof Step.Change change) {
      change(change);
      made.run();
    } else {
      add(steps.stream().map(Step::wanted).toList(), made);
    }
  }

  private void add(List<WantedPerson> wanted, Runnable made) {
    var next = wanted.iterator();
    people.add(
        wanted.stream().map(this::newPerson).toList(),
        _ -> {
          added(next.next());
          made.run();
        });
  }

  /** Without the groups that are to be made yet. */
  private NewPerson newPerson(WantedPerson wanted) {
    var uid = wanted.uid().map(Uid::parse).map(u -> OptionalInt.of(u.number()));
    return new NewPerson(
        wanted.user(),
        wanted.name().orElse(""),
        wanted.groups().stream().filter(groups::contains).collect(Collectors.toSet()),
        wanted.keys(),
        uid.orElse(OptionalInt.empty()),
        wanted.account(),
        wanted.disabled().orElse(false));
  }

  private void added(WantedPerson wanted) {
    call.audit(
        "user import: add %s, groups %s, %s%s"
            .formatted(
                wanted.user(),
                wanted.groups(),
                KeyView.words(wanted.keys()),
                wanted.disabled().orElse(false) ? ", disabled" : ""));
    join(wanted.user(), wanted.groups());
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
