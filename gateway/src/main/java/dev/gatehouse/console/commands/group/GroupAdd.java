package dev.gatehouse.console.commands.group;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.ImageNames;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class GroupAdd implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "group add",
          Access.ADMINISTRATOR,
          "Add a group, usually with its first member",
          "group add ml alice",
          "group add ml");

  @Parameters(index = "0", paramLabel = "GROUP", description = "The new group.")
  private GroupName name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "MEMBER",
      description =
          "Its first member; without one it is empty, where the directory has such groups.")
  private @Nullable Username member;

  @Option(names = "--force", description = "Also a name that images give rights to.")
  private boolean force;

  @Override
  public void run(Call call) {
    if (!force) {
      ImageNames.refuse(name);
    }
    var people = call.services().people();
    var group = member == null ? people.addEmptyGroup(name) : people.addGroup(name, member);
    call.audit("group add " + name + (member == null ? "" : " " + member));
    call.show(
        new Result.Outcome(
            member == null
                ? "Group %s is added; nobody is in it.".formatted(name)
                : "Group %s is added, with %s in it.".formatted(name, member),
            Result.Details.of(
                Result.field("group", Value.of(name)),
                Result.field("gid", new Value.Count(group.gidNumber())),
                Result.field("members", Value.of(group.members())))));
  }
}
