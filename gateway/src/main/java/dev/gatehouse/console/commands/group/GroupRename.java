package dev.gatehouse.console.commands.group;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.ImageNames;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.name.GroupName;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class GroupRename implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "group rename",
          Access.ADMINISTRATOR,
          "Give a group another name; its number and members stay",
          "group rename ml machine-learning");

  @Parameters(index = "0", paramLabel = "GROUP", description = "The group.")
  private GroupName name;

  @Parameters(index = "1", paramLabel = "NEW", description = "Its new name.")
  private GroupName replacement;

  @Option(names = "--force", description = "Also a name that images give rights to.")
  private boolean force;

  @Override
  public void run(Call call) {
    call.requireGroup(name);
    if (!force) {
      ImageNames.refuse(replacement);
    }
    new GroupReferences(call.services().definition()).requireBoth(name, replacement);
    var group = call.services().people().renameGroup(name, replacement);
    call.audit("group rename %s %s".formatted(name, replacement));
    call.show(
        new Result.Outcome(
            "Group %s is called %s now.".formatted(name, replacement),
            Result.Details.of(
                Result.field("group", Value.of(replacement)),
                Result.field("gid", new Value.Count(group.gidNumber())),
                Result.field("members", Value.of(group.members())))));
  }
}
