package dev.gatehouse.console.commands.mfa;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Administrators;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.Username;
import picocli.CommandLine.Parameters;

final class MfaReset implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "mfa reset",
          Access.ADMINISTRATOR,
          "Take away the second factor of somebody who has lost it",
          "mfa reset bob");

  @Parameters(paramLabel = "USER", description = "The person.")
  private Username user;

  @Override
  public void run(Call call) {
    // One's own takes a code: 'gate mfa disable'.
    Administrators.requireAnother(call.person(), user, "reset");
    if (!call.services().secondFactors().remove(user)) {
      throw new UserError(ExitCode.DATAERR, "%s has no second factor".formatted(user));
    }
    call.audit("mfa reset " + user);
    call.show(
        new Result.Outcome(
            "%s has no second factor now.".formatted(user),
            Result.Details.of(
                Result.field("user", Value.of(user)),
                Result.field("second factor", new Value.Flag(false)))));
  }
}
