package dev.gatehouse.console.commands.snapshot;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.OwnerOption;
import picocli.CommandLine.Mixin;

final class SnapshotList implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "snapshot list",
              Access.ANYBODY,
              "List the snapshots of your home, the newest first",
              "snapshot list",
              "snapshot list --user bob")
          .with(OwnerOption.OPTION, Access.ADMINISTRATOR);

  @Mixin private final OwnerOption ownerOption = new OwnerOption();

  @Override
  public void run(Call call) {
    var theirs = ownerOption.of(call);
    call.show(
        SnapshotView.table(
            theirs.snapshots().of(theirs.owner()),
            "No snapshots yet. To make one: " + theirs.command("snapshot create")));
  }
}
