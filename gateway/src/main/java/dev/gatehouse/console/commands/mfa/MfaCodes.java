package dev.gatehouse.console.commands.mfa;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;

final class MfaCodes implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "mfa codes",
          Access.ANYBODY,
          "Make new recovery codes in place of those from before",
          "mfa codes");

  @Override
  public void run(Call call) throws InterruptedException {
    OwnCode.require(call);
    var codes = call.services().secondFactors().renewRecoveryCodes(call.person().username());
    call.audit("mfa codes");
    RecoveryCodeList.show(call, codes);
  }
}
