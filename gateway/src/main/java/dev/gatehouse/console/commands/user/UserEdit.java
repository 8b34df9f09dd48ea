package dev.gatehouse.console.commands.user;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.directory.PeopleAdministration.Account;
import dev.gatehouse.directory.PeopleAdministration.Changes;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.Username;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class UserEdit implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "user edit",
          Access.ADMINISTRATOR,
          "Change a person's name, primary group, home or shell",
          "user edit carol --name 'Carol Shaw-Lee'",
          "user edit carol --primary-group ml --shell /bin/zsh");

  @Parameters(paramLabel = "NAME", description = "The person.")
  private Username name;

  @Option(names = "--name", paramLabel = "TEXT", description = "The name to be shown.")
  private Optional<String> displayName = Optional.empty();

  @Mixin private final AccountOptions account = new AccountOptions();

  @Override
  public void run(Call call) {
    var changes = new Changes(displayName.map(DisplayNames::check), account.account());
    if (changes.equals(new Changes(Optional.empty(), Account.USUAL))) {
      throw UserError.usage("say what to change; see 'gate help user edit'");
    }
    var before = call.requirePerson(name);
    var person = call.services().people().edit(name, changes);
    var differences = new PersonView(person).differencesFrom(before);
    call.audit("user edit %s: %s".formatted(name, String.join(", ", differences)));
    call.show(
        new Result.Outcome(
            differences.isEmpty()
                ? "%s is like that already.".formatted(name)
                : "%s is changed: %s.%s"
                    .formatted(name, String.join(", ", differences), consequence(changes)),
            new PersonView(person).details()));
  }

  /** passwd files and security contexts are made when a workspace starts. */
  private static String consequence(Changes changes) {
    if (changes.account().equals(Account.USUAL)) {
      return "";
    }
    return changes.account().home().isPresent()
        ? " Workspaces have it from their next start on; files do not move to another path."
        : " Workspaces have it from their next start on.";
  }
}
