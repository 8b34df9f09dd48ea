package dev.gatehouse.console.commands.group;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;

final class GroupList implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo("group list", Access.ADMINISTRATOR, "List the groups", "group list");

  @Override
  public void run(Call call) {
    call.show(
        Table.of(call.services().people().groups())
            .column("group", g -> Value.of(g.name()))
            .column("gid", g -> new Value.Count(g.gidNumber()))
            .column("members", g -> Value.of(g.members()))
            .whenEmpty("No groups."));
  }
}
