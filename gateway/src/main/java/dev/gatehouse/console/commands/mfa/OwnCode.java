package dev.gatehouse.console.commands.mfa;

import dev.gatehouse.console.Call;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.mfa.CodeCheck;

/**
 * A code of one's own second factor, asked for before that is changed: a session that somebody else
 * sits at, or a stolen key, must not be enough.
 */
final class OwnCode {
  private OwnCode() {}

  static String read(Call call) throws InterruptedException {
    return call.input().read("Verification code").strip();
  }

  /**
   * @throws UserError if it is not right, or there is no second factor
   */
  static void require(Call call) throws InterruptedException {
    var person = call.person().username();
    if (call.services().secondFactors().status(person).isEmpty()) {
      throw none();
    }
    switch (call.services().secondFactors().check(person, read(call))) {
      case CodeCheck.Right _ -> {}
      case CodeCheck.NotEnrolled() -> throw none();
      case CodeCheck.Wrong _, CodeCheck.Replayed _, CodeCheck.Locked _ ->
          throw new UserError(
              ExitCode.NOPERM,
              "that is no code that is good now, so nothing was changed; each is good once, and"
                  + " after many wrong ones none is for a while");
    }
  }

  private static UserError none() {
    return new UserError(
        ExitCode.DATAERR, "you have no second factor; 'gate mfa enrol' sets one up");
  }
}
