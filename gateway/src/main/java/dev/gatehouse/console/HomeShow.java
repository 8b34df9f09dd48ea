package dev.gatehouse.console;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import picocli.CommandLine.Mixin;

final class HomeShow implements Command {
  static final About ABOUT =
      new About(
              "home show",
              Access.ANYBODY,
              "Show your home and what it is used by",
              "home show",
              "home show --user bob")
          .with(Whose.OPTION, Access.ADMINISTRATOR);

  @Mixin private final Whose whose = new Whose();

  @Override
  public void run(Call call) {
    var workspaces = whose.of(call);
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
                Result.field("size", Quantity.bytes(home.size())))
            .with("workspaces", workspaces.table()));
  }
}
