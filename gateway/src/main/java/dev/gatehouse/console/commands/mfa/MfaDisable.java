package dev.gatehouse.console.commands.mfa;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;

final class MfaDisable implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo("mfa disable", Access.ANYBODY, "Take your second factor away", "mfa disable");

  @Override
  public void run(Call call) throws InterruptedException {
    OwnCode.require(call);
    var _ = call.services().secondFactors().remove(call.person().username());
    call.audit("mfa disable");
    call.show(
        new Result.Outcome(
            "Your second factor is taken away.",
            Result.Details.of(Result.field("second factor", new Value.Flag(false)))));
  }
}
