package dev.gatehouse.console.commands.snapshot;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.OwnerOption;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.name.SnapshotName;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class SnapshotDelete implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "snapshot delete",
              Access.ANYBODY,
              "Delete a snapshot of your home, for ever",
              "snapshot delete home-ada-20261125-130000",
              "snapshot delete home-bob-20261125-130000 --user bob --yes")
          .with(OwnerOption.OPTION, Access.ADMINISTRATOR);

  @Parameters(paramLabel = "NAME", description = "The snapshot.")
  private SnapshotName name;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Mixin private final OwnerOption ownerOption = new OwnerOption();

  @Override
  public void run(Call call) throws InterruptedException {
    var theirs = ownerOption.of(call);
    call.confirm(yes, "Delete the snapshot %s for ever?".formatted(name));
    call.audit("snapshot delete %s of %s".formatted(name, theirs.owner()));
    var _ =
        call.await(
            "deleting " + name,
            theirs.snapshots().delete(theirs.owner(), name),
            "it goes on, see '%s'".formatted(theirs.command("snapshot list")));
    call.show(
        new Result.Outcome(
            "Snapshot %s is deleted.".formatted(name),
            Result.Details.of(
                Result.field("name", Value.of(name)),
                Result.field("owner", Value.of(theirs.owner())))));
  }
}
