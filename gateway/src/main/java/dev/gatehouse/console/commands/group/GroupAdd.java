package dev.gatehouse.console.commands.group;

import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.ImageNames;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;

final class GroupAdd implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "group add",
          Access.ADMINISTRATOR,
          "Add a group with its first member",
          "group add ml alice");

  @Parameters(index = "0", paramLabel = "GROUP", description = "The new group.")
  private GroupName name;

  @Parameters(index = "1", paramLabel = "MEMBER", description = "A group has at least one.")
  private Username member;

  @Option(names = "--force", description = "Also a name that images give rights to.")
  private boolean force;

  @Override
  public void run(Call call) {
    if (!force) {
      ImageNames.refuse(name);
    }
    var group = call.services().people().addGroup(name, member);
    call.audit("group add %s %s".formatted(name, member));
    call.show(
        new Result.Outcome(
            "Group %s is added, with %s in it.".formatted(name, member),
            Result.Details.of(
                Result.field("group", Value.of(name)),
                Result.field("gid", new Value.Count(group.gidNumber())),
                Result.field("members", Value.of(group.members())))));
  }
}
