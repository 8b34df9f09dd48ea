package dev.gatehouse.console.commands.group;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.name.GroupName;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class GroupRemove implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "group remove",
          Access.ADMINISTRATOR,
          "Remove a group; its members stay",
          "group remove ml --yes");

  @Parameters(paramLabel = "GROUP", description = "The group.")
  private GroupName name;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Override
  public void run(Call call) throws InterruptedException {
    var group = call.requireGroup(name);
    new GroupReferences(call.services().definition()).requireNone(name);
    call.confirm(yes, "Remove the group %s of %d members?".formatted(name, group.members().size()));
    call.services().people().removeGroup(name);
    call.audit("group remove " + name);
    call.show(
        new Result.Outcome(
            "Group %s is removed.".formatted(name),
            Result.Details.of(Result.field("group", Value.of(name)))));
  }
}
