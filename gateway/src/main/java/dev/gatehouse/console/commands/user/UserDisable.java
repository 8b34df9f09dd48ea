package dev.gatehouse.console.commands.user;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Administrators;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.name.Username;
import picocli.CommandLine.Parameters;

final class UserDisable implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "user disable",
          Access.ADMINISTRATOR,
          "Keep a person out; what they have open ends within seconds",
          "user disable carol");

  @Parameters(paramLabel = "NAME", description = "The person.")
  private Username name;

  @Override
  public void run(Call call) {
    call.requirePerson(name);
    Administrators.requireAnother(call.person(), name, "disable");
    synchronized (Administrators.ONE_AT_A_TIME) {
      new Administrators(call.services()).requireAnotherThan(name);
      call.services().people().setDisabled(name, true);
    }
    call.audit("user disable " + name);
    call.show(
        new Result.Outcome(
            "%s is disabled.".formatted(name), new PersonView(call.requirePerson(name)).details()));
  }
}
