package dev.gatehouse.console;

final class MfaDisable implements Command {
  static final About ABOUT =
      new About("mfa disable", Access.ANYBODY, "Take your second factor away", "mfa disable");

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
