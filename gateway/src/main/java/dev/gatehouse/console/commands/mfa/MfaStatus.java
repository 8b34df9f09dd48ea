package dev.gatehouse.console.commands.mfa;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.mfa.SecondFactors;
import dev.gatehouse.name.Username;
import java.util.Optional;
import picocli.CommandLine.Option;

final class MfaStatus implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "mfa status",
              Access.ANYBODY,
              "Show whether a second factor is set up",
              "mfa status",
              "mfa status --user bob")
          .with("--user", Access.ADMINISTRATOR);

  @Option(
      names = "--user",
      paramLabel = "USER",
      description = "Whose it is, if not yours (administrators).")
  private Optional<Username> user = Optional.empty();

  @Override
  public void run(Call call) {
    user.ifPresent(call::requirePerson);
    var owner = user.orElse(call.person().username());
    var status = call.services().secondFactors().status(owner);
    call.show(
        Result.Details.of(
            Result.field("user", Value.of(owner)),
            Result.field("second factor", new Value.Flag(status.isPresent())),
            Result.field("since", Value.ofMoment(status.map(SecondFactors.Status::since))),
            Result.field(
                "recovery codes",
                new Value.Count(status.map(SecondFactors.Status::recoveryCodes).orElse(0))),
            Result.field(
                "locked until",
                Value.ofMoment(status.flatMap(SecondFactors.Status::lockedUntil)))));
  }
}
