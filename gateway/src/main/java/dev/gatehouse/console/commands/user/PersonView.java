package dev.gatehouse.console.commands.user;

import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.directory.Person;
import java.util.ArrayList;
import java.util.List;

/** How a person is shown, in every command the same. */
record PersonView(Person person) {
  static Table table(List<Person> people) {
    return Table.of(people)
        .column("user", p -> Value.of(p.username()))
        .column("name", p -> Value.of(p.displayName()))
        .column("uid", p -> new Value.Count(p.uidNumber()))
        .column("state", p -> new PersonView(p).state())
        .column("keys", p -> new Value.Count(p.keys().size()))
        .column("groups", p -> Value.of(p.groups().stream().sorted().toList()))
        .whenEmpty("Nobody yet. To add somebody: gate user add NAME");
  }

  Result.Details details() {
    return Result.Details.of(
        Result.field("user", Value.of(person.username())),
        Result.field("name", Value.of(person.displayName())),
        Result.field("state", state()),
        Result.field("uid", new Value.Count(person.uidNumber())),
        Result.field("gid", new Value.Count(person.gidNumber())),
        Result.field("groups", Value.of(person.groups().stream().sorted().toList())),
        Result.field("home", Value.of(person.homeDirectory())),
        Result.field("shell", Value.of(person.loginShell())));
  }

  /** Such as {@code shell /bin/zsh}: what is other than it was. */
  List<String> differencesFrom(Person before) {
    var all = new ArrayList<String>();
    add(all, "name", before.displayName(), person.displayName());
    add(all, "gid", before.gidNumber(), person.gidNumber());
    add(all, "home", before.homeDirectory(), person.homeDirectory());
    add(all, "shell", before.loginShell(), person.loginShell());
    return List.copyOf(all);
  }

  private static void add(List<String> all, String what, Object before, Object after) {
    if (!before.equals(after)) {
      all.add(what + " " + after);
    }
  }

  private Value state() {
    return person.disabled()
        ? new Value.State("disabled", Line.Style.BAD)
        : new Value.State("enabled", Line.Style.GOOD);
  }
}
