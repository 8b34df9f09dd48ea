package dev.gatehouse.console.commands.general;

import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;

final class WhoAmI implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "whoami", Access.ANYBODY, "Show who you are here and what you may use", "whoami");

  @Override
  public void run(Call call) {
    var me = call.person();
    var types = call.services().admission().machineTypes(me).stream().map(MachineType::name);
    call.show(
        Result.Details.of(
            Result.field("user", Value.of(me.username())),
            Result.field("name", Value.of(me.displayName())),
            Result.field("uid", new Value.Count(me.uidNumber())),
            Result.field("gid", new Value.Count(me.gidNumber())),
            Result.field("groups", Value.of(me.groups().stream().sorted().toList())),
            Result.field("administrator", new Value.Flag(call.administrator())),
            Result.field("machine types", Value.of(types.toList()))));
  }
}
