package dev.gatehouse.console.commands.workspace;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.ExistingWorkspace;
import dev.gatehouse.console.OwnerOption;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.failure.UserError;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class WorkspaceLogs implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "workspace logs",
              Access.ANYBODY,
              "Show what a workspace's main process wrote last",
              "workspace logs",
              "workspace logs gpu -n 200",
              "workspace logs --user bob")
          .with(OwnerOption.OPTION, Access.ADMINISTRATOR);

  private static final int MOST = 10_000;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The workspace; main if left out.")
  private ExistingWorkspace workspace = ExistingWorkspace.MAIN;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "COUNT",
      description = "How many lines; 50 if left out.")
  private int count = 50;

  @Mixin private final OwnerOption ownerOption = new OwnerOption();

  @Override
  public void run(Call call) {
    if (count < 1 || count > MOST) {
      throw UserError.usage("--lines takes a number from 1 to %d".formatted(MOST));
    }
    var workspaces = ownerOption.of(call);
    var shown = workspaces.require(workspace);
    call.show(
        new Result.Lines(
            workspaces.port().logs(shown.id(), count),
            shown.isStopped()
                ? "Workspace %s does not run, and keeps no log while it is stopped."
                    .formatted(workspaces.called(workspace.name()))
                : "Workspace %s has written nothing."
                    .formatted(workspaces.called(workspace.name()))));
  }
}
