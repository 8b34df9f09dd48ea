package dev.gatehouse.console.commands.group;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Administrators;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.name.GroupName;
import picocli.CommandLine.Parameters;

final class GroupShow implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "group show",
          Access.ADMINISTRATOR,
          "Show a group and what its members may use",
          "group show ml");

  @Parameters(paramLabel = "GROUP", description = "The group.")
  private GroupName name;

  @Override
  public void run(Call call) {
    var group = call.requireGroup(name);
    var types =
        call.services().definition().machineTypes().values().stream()
            .filter(t -> t.groups().contains(name))
            .map(t -> t.name().value())
            .toList();
    call.show(
        Result.Details.of(
            Result.field("group", Value.of(name)),
            Result.field("gid", new Value.Count(group.gidNumber())),
            Result.field("members", Value.of(group.members())),
            Result.field("machine types", Value.of(types)),
            Result.field(
                "administrators",
                new Value.Flag(new Administrators(call.services()).group().equals(name)))));
  }
}
