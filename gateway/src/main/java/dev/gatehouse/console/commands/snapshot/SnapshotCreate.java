package dev.gatehouse.console.commands.snapshot;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.OwnerOption;
import dev.gatehouse.console.view.Result;
import picocli.CommandLine.Mixin;

final class SnapshotCreate implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "snapshot create",
              Access.ANYBODY,
              "Keep what is in your home now; workspaces go on meanwhile",
              "snapshot create",
              "snapshot create --user bob")
          .with(OwnerOption.OPTION, Access.ADMINISTRATOR);

  @Mixin private final OwnerOption ownerOption = new OwnerOption();

  @Override
  public void run(Call call) throws InterruptedException {
    var theirs = ownerOption.of(call);
    theirs.audit("snapshot create of " + theirs.owner());
    var made =
        call.await(
            "taking a snapshot of the home of " + theirs.owner(),
            theirs.snapshots().create(theirs.owner()),
            "it goes on, see '%s'".formatted(theirs.command("snapshot list")));
    call.show(
        new Result.Outcome(
            "Snapshot %s is made.".formatted(made.name()), SnapshotView.details(made)));
  }
}
