package dev.gatehouse.console.commands.user;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.name.Username;
import picocli.CommandLine.Parameters;

final class UserEnable implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "user enable",
          Access.ADMINISTRATOR,
          "Let a disabled person in again",
          "user enable carol");

  @Parameters(paramLabel = "NAME", description = "The person.")
  private Username name;

  @Override
  public void run(Call call) {
    call.requirePerson(name);
    call.services().people().setDisabled(name, false);
    call.audit("user enable " + name);
    call.show(
        new Result.Outcome(
            "%s is enabled.".formatted(name), new PersonView(call.requirePerson(name)).details()));
  }
}
