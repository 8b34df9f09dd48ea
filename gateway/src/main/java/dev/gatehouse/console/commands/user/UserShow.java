package dev.gatehouse.console.commands.user;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.PersonWorkspaces;
import dev.gatehouse.console.commands.keys.KeyView;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.directory.PeopleAdministration.Group;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.List;
import picocli.CommandLine.Parameters;

final class UserShow implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "user show",
          Access.ADMINISTRATOR,
          "Show a person: account, locks, keys, workspaces",
          "user show alice");

  @Parameters(paramLabel = "NAME", description = "The person.")
  private Username name;

  @Override
  public void run(Call call) {
    var person = call.requirePerson(name);
    var people = call.services().people();
    var sessions = call.viewer().sessionsOf(name).toList();
    var theirs = new PersonWorkspaces(name, call);
    call.show(
        new PersonView(person)
            .details()
            .with(Result.field("primary group", Value.of(primaryGroups(call, person.gidNumber()))))
            .with(Result.field("locked by", Value.of(people.locks(name))))
            .with(Result.field("sessions", new Value.Count(sessions.size())))
            .with("keys", KeyView.table(people.keys(name), sessions))
            .with("workspaces", theirs.table()));
  }

  /** Several groups may have the number. */
  private static List<GroupName> primaryGroups(Call call, int gid) {
    return call.services().people().groups().stream()
        .filter(g -> g.gidNumber() == gid)
        .map(Group::name)
        .toList();
  }
}
