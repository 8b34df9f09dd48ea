package dev.gatehouse.console.commands.home;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.OwnerOption;
import dev.gatehouse.console.view.Quantity;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import picocli.CommandLine.Mixin;

final class HomeShow implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "home show",
              Access.ANYBODY,
              "Show your home and what it is used by",
              "home show",
              "home show --user bob")
          .with(OwnerOption.OPTION, Access.ADMINISTRATOR);

  @Mixin private final OwnerOption ownerOption = new OwnerOption();

  @Override
  public void run(Call call) {
    var workspaces = ownerOption.of(call);
    var home =
        workspaces
            .home()
            .orElseThrow(
                () ->
                    new UserError(
                        ExitCode.DATAERR,
                        "%s has no home yet; the first start of a workspace makes it"
                            .formatted(workspaces.owner())));
    call.show(
        Result.Details.of(
                Result.field("owner", Value.of(home.owner())),
                Result.field("volume", Value.of(home.volume())),
                Result.field("size", Quantity.bytes(home.size())),
                Result.field(
                    "growth", home.growth().<Value>map(Value::of).orElseGet(Value.None::new)))
            .with("workspaces", workspaces.table()));
  }
}
