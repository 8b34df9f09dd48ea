package dev.gatehouse.console.commands.keys;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.name.Username;
import java.util.Optional;
import picocli.CommandLine.Option;

final class KeysList implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "keys list",
              Access.ANYBODY,
              "List the keys you can log in with",
              "keys list",
              "keys list --user bob")
          .with("--user", Access.ADMINISTRATOR);

  @Option(
      names = "--user",
      paramLabel = "USER",
      description = "Somebody else's keys (administrators).")
  private Optional<Username> user = Optional.empty();

  @Override
  public void run(Call call) {
    var owner = user.orElse(call.person().username());
    call.show(
        KeyView.table(
            call.services().people().keys(owner), call.viewer().sessionsOf(owner).toList()));
  }
}
