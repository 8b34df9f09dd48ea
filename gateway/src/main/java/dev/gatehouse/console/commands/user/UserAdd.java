package dev.gatehouse.console.commands.user;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.ImageNames;
import dev.gatehouse.console.Uid;
import dev.gatehouse.console.commands.keys.KeyView;
import dev.gatehouse.console.commands.keys.NewKeys;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.directory.PeopleAdministration.NewPerson;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.Username;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class UserAdd implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "user add",
          Access.ADMINISTRATOR,
          "Add a person; public keys can be piped in",
          "user add carol --name 'Carol Shaw' --group ml",
          "user add carol --key - < carol.pub",
          "user add carol --github-file < carol.keys");

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
      names = "--uid",
      paramLabel = "NUMBER",
      description = "Their number, if files have it already; usually the next that is free.")
  private Optional<Uid> uid = Optional.empty();

  @Mixin private final AccountOptions account = new AccountOptions();

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "A public key in quotes, or - for what is piped in, a key a line.")
  private String key = "";

  @Option(
      names = "--github-file",
      description =
          "Keys are piped in as https://github.com/NAME.keys has them; those too weak to log in"
              + " with are left out.")
  private boolean githubFile;

  @Option(names = "--force", description = "Also a name that images have themselves.")
  private boolean force;

  @Override
  public void run(Call call) throws InterruptedException {
    if (!force) {
      ImageNames.refuse(name, "add --force");
    }
    var keys = keys(call);
    var person =
        call.services()
            .people()
            .add(
                new NewPerson(
                    name,
                    DisplayNames.check(displayName),
                    Set.copyOf(groups),
                    keys,
                    uid.map(u -> OptionalInt.of(u.number())).orElse(OptionalInt.empty()),
                    account.account()));
    call.audit(
        "user add %s, uid %d, groups %s, %s"
            .formatted(name, person.uidNumber(), groups, KeyView.words(keys)));
    call.show(
        new Result.Outcome(
            keys.isEmpty()
                ? "%s is added, and has no key yet: gate keys add --user %s".formatted(name, name)
                : "%s is added and can log in.".formatted(name),
            new PersonView(person).details()));
  }

  private List<AuthorizedKeyLine> keys(Call call) throws InterruptedException {
    if (githubFile && !key.isEmpty()) {
      throw UserError.usage("give --key or --github-file, not both");
    }
    if (githubFile) {
      return NewKeys.fromGithub(call);
    }
    return key.isEmpty() ? List.of() : NewKeys.from(List.of(key), call.input());
  }
}
