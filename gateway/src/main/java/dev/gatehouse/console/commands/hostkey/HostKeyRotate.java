package dev.gatehouse.console.commands.hostkey;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.HostKeyring;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;

final class HostKeyRotate implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "hostkey rotate",
          Access.ADMINISTRATOR,
          "Make new host keys, and let clients learn them",
          "hostkey rotate");

  @Override
  public void run(Call call) {
    call.services().hostKeys().rotate();
    call.audit("hostkey rotate");
    call.show(
        new Result.Outcome(
            "New keys are made. Clients with UpdateHostKeys learn them at their next login;"
                + " 'gate hostkey retire' puts them in place of the old ones.",
            Result.Details.of(
                Result.field(
                    "next",
                    Value.of(
                        call.services().hostKeys().all().stream()
                            .filter(k -> k.state() == HostKeyring.State.NEXT)
                            .map(k -> k.key().fingerprint())
                            .toList())))));
  }
}
