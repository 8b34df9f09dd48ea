package dev.gatehouse.console;

import dev.gatehouse.failure.UserError;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class WorkspaceLogs implements Command {
  static final About ABOUT =
      new About(
              "workspace logs",
              Access.ANYBODY,
              "Show what a workspace's main process wrote last",
              "workspace logs",
              "workspace logs gpu -n 200",
              "workspace logs --user bob")
          .with(Whose.OPTION, Access.ADMINISTRATOR);

  private static final int MOST = 10_000;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The workspace; main if left out.")
  private ExistingWorkspace workspace = ExistingWorkspace.MAIN;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "COUNT",
      description = "How many lines; 50 if left out.")
  private int count = 50;

  @Mixin private final Whose whose = new Whose();

  @Override
  public void run(Call call) {
    if (count < 1 || count > MOST) {
      throw UserError.usage("--lines takes a number from 1 to %d".formatted(MOST));
    }
    var workspaces = whose.of(call);
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
