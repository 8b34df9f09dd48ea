package dev.gatehouse.console;

final class MfaCodes implements Command {
  static final About ABOUT =
      new About(
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
