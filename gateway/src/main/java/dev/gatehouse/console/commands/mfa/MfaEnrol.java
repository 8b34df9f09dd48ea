package dev.gatehouse.console.commands.mfa;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.QrCode;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Screen;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.mfa.TotpSecret;

final class MfaEnrol implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "mfa enrol", Access.ANYBODY, "Set up a phone as your second factor", "mfa enrol");

  private static final int TRIES = 3;

  @Override
  public void run(Call call) throws InterruptedException {
    var factors = call.services().secondFactors();
    var person = call.person().username();
    if (factors.status(person).isPresent()) {
      throw new UserError(
          ExitCode.DATAERR, "you have a second factor; 'gate mfa disable' takes it away");
    }
    var secret = factors.newSecret();
    show(secret, call);
    var codes = factors.enrol(person, secret, confirmation(secret, call));
    call.audit("mfa enrol");
    RecoveryCodeList.show(call, codes);
    call.screen().tell(Line.of("Your second factor is set up; from your next login on it counts."));
  }

  private static void show(TotpSecret secret, Call call) {
    var uri = secret.uri(call.services().host(), call.person().username().value());
    if (call.format() == Screen.Format.TERMINAL) {
      QrCode.lines(uri, call.screen().look().colour()).forEach(call.screen()::print);
    }
    call.show(
        Result.Details.of(
            Result.field("uri", Value.of(uri)), Result.field("secret", Value.of(secret.base32()))));
  }

  /** On a terminal a mistyped code need not mean to scan again. */
  private static String confirmation(TotpSecret secret, Call call) throws InterruptedException {
    var code = OwnCode.read(call);
    for (var tries = 1; tries < TRIES && isToRetry(secret, code, call); tries++) {
      call.screen().error("that is not the code that the phone shows now");
      code = OwnCode.read(call);
    }
    return code;
  }

  private static boolean isToRetry(TotpSecret secret, String code, Call call) {
    return call.format() == Screen.Format.TERMINAL
        && !code.isEmpty()
        && !call.services().secondFactors().isShown(secret, code);
  }
}
