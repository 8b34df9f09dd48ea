package dev.gatehouse.console.commands.group;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Administrators;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class GroupMembers implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "group members",
          Access.ADMINISTRATOR,
          "Show who is in a group, and change it",
          "group members ml",
          "group members ml --add bob --remove alice");

  @Parameters(paramLabel = "GROUP", description = "The group.")
  private GroupName name;

  @Option(names = "--add", paramLabel = "NAME", description = "Who comes; may be repeated.")
  private List<Username> add = List.of();

  @Option(names = "--remove", paramLabel = "NAME", description = "Who goes; may be repeated.")
  private List<Username> remove = List.of();

  @Override
  public void run(Call call) {
    call.requireGroup(name);
    add.forEach(call::requirePerson);
    remove.forEach(call::requirePerson);
    synchronized (Administrators.ONE_AT_A_TIME) {
      change(call);
    }
    call.show(
        Table.of(call.requireGroup(name).members())
            .column("member", Value::of)
            .whenEmpty("Nobody is in it."));
  }

  /** Each change has its own line in the log, since a later one may be refused. */
  private void change(Call call) {
    var administrators = new Administrators(call.services());
    for (var member : add) {
      call.services().people().addMember(name, member);
      call.audit("group members %s --add %s".formatted(name, member));
    }
    for (var member : remove) {
      if (administrators.group().equals(name)) {
        administrators.requireAnotherThan(member);
      }
      call.services().people().removeMember(name, member);
      call.audit("group members %s --remove %s".formatted(name, member));
    }
  }
}
