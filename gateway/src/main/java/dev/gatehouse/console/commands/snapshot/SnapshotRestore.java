package dev.gatehouse.console.commands.snapshot;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.OwnerOption;
import dev.gatehouse.console.PersonWorkspaces;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.name.SnapshotName;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class SnapshotRestore implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "snapshot restore",
              Access.ANYBODY,
              "Copy a snapshot into a new folder of your home, or put it in its place",
              "snapshot restore home-ada-20261125-130000",
              "snapshot restore home-ada-20261125-130000 --replace",
              "snapshot restore home-bob-20261125-130000 --user bob")
          .with(OwnerOption.OPTION, Access.ADMINISTRATOR);

  @Parameters(paramLabel = "NAME", description = "The snapshot.")
  private SnapshotName name;

  @Option(
      names = "--replace",
      description =
          "Put it in the place of the home. Workspaces must be stopped; what is in the home now is"
              + " kept as another snapshot first.")
  private boolean replace;

  @Option(names = "--yes", description = "Do not ask, with --replace.")
  private boolean yes;

  @Mixin private final OwnerOption ownerOption = new OwnerOption();

  @Override
  public void run(Call call) throws InterruptedException {
    var theirs = ownerOption.of(call);
    if (replace) {
      replace(call, theirs);
    } else {
      copy(call, theirs);
    }
  }

  private void copy(Call call, PersonWorkspaces theirs) throws InterruptedException {
    var owner = theirs.isOwn() ? call.person() : call.requirePerson(theirs.owner());
    theirs.audit("snapshot restore %s of %s".formatted(name, theirs.owner()));
    var folder =
        call.await(
            "copying %s into the home of %s".formatted(name, theirs.owner()),
            theirs.snapshots().copy(owner, name),
            "the copy goes on; the folder appears when all of it is there");
    call.show(
        new Result.Outcome(
            "What %s holds is in ~/%s. The rest of the home is as it was.".formatted(name, folder),
            Result.Details.of(
                Result.field("name", Value.of(name)),
                Result.field("owner", Value.of(theirs.owner())),
                Result.field("folder", Value.of(folder)))));
  }

  private void replace(Call call, PersonWorkspaces theirs) throws InterruptedException {
    theirs.requireNothingRuns();
    call.confirm(
        yes,
        ("Put %s in the place of the home of %s? What is in it now is kept as another snapshot"
                + " first.")
            .formatted(name, theirs.owner()));
    call.audit("snapshot restore %s of %s in its place".formatted(name, theirs.owner()));
    var kept =
        call.await(
            "restoring the home of " + theirs.owner(),
            theirs.snapshots().replace(theirs.owner(), name),
            "it goes on, see '%s'".formatted(theirs.command("home show")));
    call.show(
        new Result.Outcome(
            "The home of %s is what it was in %s. %s"
                .formatted(
                    theirs.owner(),
                    name,
                    kept.map(
                            k -> "What it was until now is in the snapshot %s.".formatted(k.name()))
                        .orElse("There was none before.")),
            Result.Details.of(
                Result.field("name", Value.of(name)),
                Result.field("owner", Value.of(theirs.owner())),
                Result.field(
                    "snapshot",
                    kept.<Value>map(k -> Value.of(k.name())).orElseGet(Value.None::new)))));
  }
}
