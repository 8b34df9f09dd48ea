package dev.gatehouse.console.commands.home;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.OwnerOption;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

final class HomeDelete implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "home delete",
              Access.ANYBODY,
              "Delete your home with all files in it, for ever",
              "home delete",
              "home delete --user bob")
          .with(OwnerOption.OPTION, Access.ADMINISTRATOR);

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Mixin private final OwnerOption ownerOption = new OwnerOption();

  @Override
  public void run(Call call) throws InterruptedException {
    var workspaces = ownerOption.of(call);
    var owner = workspaces.owner();
    if (workspaces.home().isEmpty()) {
      throw new UserError(ExitCode.DATAERR, "%s has no home".formatted(owner));
    }
    workspaces.requireNothingRuns();
    call.confirmByName(
        yes,
        ("The home of %s goes for ever, with all files in it. If the storage makes snapshots, one"
                + " is made first.")
            .formatted(owner),
        owner.value());
    call.audit("home delete " + owner);
    var snapshot =
        call.await(
            "deleting the home of " + owner,
            workspaces.port().deleteHome(owner),
            "the deletion goes on, see '%s'".formatted(workspaces.command("home show")));
    call.show(
        new Result.Outcome(
            "The home of %s is deleted. %s".formatted(owner, kept(snapshot)),
            Result.Details.of(
                Result.field("owner", Value.of(owner)),
                Result.field("snapshot", snapshot.map(Value::of).orElseGet(Value.None::new)))));
  }

  private static String kept(Optional<String> snapshot) {
    return snapshot
        .map("What was in it is in the snapshot %s."::formatted)
        .orElse("There is no snapshot of it.");
  }
}
