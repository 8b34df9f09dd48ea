package dev.gatehouse.console.commands.user;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;

final class UserList implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo("user list", Access.ADMINISTRATOR, "List the people", "user list");

  @Override
  public void run(Call call) {
    call.show(PersonView.table(call.services().people().people()));
  }
}
