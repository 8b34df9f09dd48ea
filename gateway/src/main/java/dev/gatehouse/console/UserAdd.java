package dev.gatehouse.console;

import dev.gatehouse.directory.PeopleAdministration.NewPerson;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class UserAdd implements Command {
  static final About ABOUT =
      new About(
          "user add",
          Access.ADMINISTRATOR,
          "Add a person; a public key can be piped in with --key -",
          "user add carol --name 'Carol Shaw' --group ml",
          "user add carol --key -");

  @Parameters(paramLabel = "NAME", description = "The login name.")
  private Username name;

  @Option(names = "--name", paramLabel = "TEXT", description = "The name to be shown.")
  private String displayName = "";

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "A group to be in; may be given several times.")
  private List<GroupName> groups = List.of();

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "A public key in quotes, or - for what is piped in.")
  private String key = "";

  @Override
  public void run(Call call) {
    var keys = key.isEmpty() ? List.<AuthorizedKeyLine>of() : List.of(read(call));
    var person =
        call.services().people().add(new NewPerson(name, displayName, Set.copyOf(groups), keys));
    call.audit("user add " + name);
    call.show(
        new Result.Outcome(
            keys.isEmpty()
                ? "%s is added, and has no key yet: gate keys add --user %s".formatted(name, name)
                : "%s is added and can log in.".formatted(name),
            new PersonView(person).details()));
  }

  private AuthorizedKeyLine read(Call call) {
    return KeyView.read(key.equals("-") ? List.of() : List.of(key), call.input());
  }
}
