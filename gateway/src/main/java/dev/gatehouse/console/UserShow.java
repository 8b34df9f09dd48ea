package dev.gatehouse.console;

import dev.gatehouse.name.Username;
import picocli.CommandLine.Parameters;

final class UserShow implements Command {
  static final About ABOUT =
      new About(
          "user show", Access.ADMINISTRATOR, "Show a person and their keys", "user show alice");

  @Parameters(paramLabel = "NAME", description = "The person.")
  private Username name;

  @Override
  public void run(Call call) {
    var person = call.requirePerson(name);
    call.show(
        new PersonView(person)
            .details()
            .with("keys", KeyView.table(call.services().people().keys(name))));
  }
}
