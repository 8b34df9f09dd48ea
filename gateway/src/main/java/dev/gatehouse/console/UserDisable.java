package dev.gatehouse.console;

import dev.gatehouse.name.Username;
import picocli.CommandLine.Parameters;

final class UserDisable implements Command {
  static final About ABOUT =
      new About(
          "user disable",
          Access.ADMINISTRATOR,
          "Keep a person out; what they have open ends within seconds",
          "user disable carol");

  @Parameters(paramLabel = "NAME", description = "The person.")
  private Username name;

  @Override
  public void run(Call call) {
    call.requirePerson(name);
    new Administrators(call.services()).requireAnotherThan(name);
    call.services().people().setDisabled(name, true);
    call.audit("user disable " + name);
    call.show(
        new Result.Outcome(
            "%s is disabled.".formatted(name), new PersonView(call.requirePerson(name)).details()));
  }
}
