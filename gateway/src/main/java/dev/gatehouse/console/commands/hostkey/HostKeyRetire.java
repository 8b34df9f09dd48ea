package dev.gatehouse.console.commands.hostkey;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import picocli.CommandLine.Option;

final class HostKeyRetire implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "hostkey retire",
          Access.ADMINISTRATOR,
          "Put the new host keys in place of the old ones, which are gone",
          "hostkey retire --yes");

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Override
  public void run(Call call) throws InterruptedException {
    call.confirm(yes, "Who has not connected since 'hostkey rotate' will be warned by ssh. Go on?");
    call.services().hostKeys().retire();
    call.audit("hostkey retire");
    call.show(
        new Result.Outcome(
            "The old host keys are gone.",
            Result.Details.of(
                Result.field(
                    "current",
                    Value.of(
                        call.services().hostKeys().all().stream()
                            .map(k -> k.key().fingerprint())
                            .toList())))));
  }
}
