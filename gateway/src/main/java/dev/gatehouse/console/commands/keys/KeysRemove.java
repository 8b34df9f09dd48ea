package dev.gatehouse.console.commands.keys;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.KeySelector;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.name.Username;
import dev.gatehouse.text.Plural;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class KeysRemove implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "keys remove",
              Access.ANYBODY,
              "Remove a key; logins with it end",
              "keys remove old@laptop",
              "keys remove SHA256:rhzdzZ2K --user bob")
          .with("--user", Access.ADMINISTRATOR);

  @Parameters(
      paramLabel = "KEY",
      description = "The key's fingerprint, the beginning of it, or the comment.")
  private KeySelector selector;

  @Option(
      names = "--user",
      paramLabel = "USER",
      description = "Whose it is, if not yours (administrators).")
  private Optional<Username> user = Optional.empty();

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Override
  public void run(Call call) throws InterruptedException {
    var owner = user.orElse(call.person().username());
    var keys = call.services().people().keys(owner);
    var key = selector.in(keys, owner);
    var fingerprint = key.key().key().fingerprint();
    var consequence = consequence(key, keys, owner, call);
    if (consequence.isPresent()) {
      call.confirm(yes, consequence.get() + " Remove it?");
    }
    call.services().people().removeKey(owner, fingerprint);
    call.audit("keys remove %s: %s".formatted(owner, key.key().key()));
    call.show(
        new Result.Outcome(
            "%s can no longer log in with %s.".formatted(owner, fingerprint),
            KeyView.details(key.key().key())));
  }

  /** What makes it worth a question. */
  private static Optional<String> consequence(
      AuthorizedKeyLine key, List<AuthorizedKeyLine> keys, Username owner, Call call) {
    if (keys.size() == 1) {
      return Optional.of("This is the last key of %s.".formatted(owner));
    }
    var users = KeyView.users(key, call.viewer().sessionsOf(owner).toList()).count();
    return users == 0
        ? Optional.empty()
        : Optional.of(
            "%s of %s with this key will end.".formatted(Plural.of(users, "session"), owner));
  }
}
