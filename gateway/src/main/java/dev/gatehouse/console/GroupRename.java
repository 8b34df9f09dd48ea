package dev.gatehouse.console;

import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import picocli.CommandLine.Parameters;

final class GroupRename implements Command {
  static final About ABOUT =
      new About(
          "group rename",
          Access.ADMINISTRATOR,
          "Give a group another name; its number and members stay",
          "group rename ml machine-learning");

  @Parameters(index = "0", paramLabel = "GROUP", description = "The group.")
  private GroupName name;

  @Parameters(index = "1", paramLabel = "NEW", description = "Its new name.")
  private GroupName replacement;

  @Override
  public void run(Call call) {
    call.requireGroup(name);
    requireNoRight(call);
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

  /** The definition knows groups by their names: a right would be lost without a word. */
  private void requireNoRight(Call call) {
    if (new Administrators(call.services()).group().equals(name)) {
      throw new UserError(ExitCode.NOPERM, "%s is the administrators' group".formatted(name));
    }
    var types =
        call.services().definition().machineTypes().values().stream()
            .filter(t -> t.groups().contains(name) && !t.groups().contains(replacement))
            .map(MachineType::name)
            .toList();
    if (!types.isEmpty()) {
      throw new UserError(
          ExitCode.DATAERR,
          "the definition gives the machine types %s to %s; give them to %s too, then try again"
              .formatted(types, name, replacement));
    }
  }
}
