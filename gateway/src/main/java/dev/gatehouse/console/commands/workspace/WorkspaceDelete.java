package dev.gatehouse.console.commands.workspace;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.ExistingWorkspace;
import dev.gatehouse.console.OwnerOption;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.name.WorkspaceName;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class WorkspaceDelete implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "workspace delete",
              Access.ANYBODY,
              "Delete a workspace; the home stays",
              "workspace delete gpu",
              "workspace delete gpu --yes",
              "workspace delete gpu --user bob")
          .with(OwnerOption.OPTION, Access.ADMINISTRATOR);

  @Parameters(paramLabel = "NAME", description = "The workspace.")
  private ExistingWorkspace workspace;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Mixin private final OwnerOption ownerOption = new OwnerOption();

  @Override
  public void run(Call call) throws InterruptedException {
    var workspaces = ownerOption.of(call);
    var doomed = workspaces.require(workspace);
    var name = doomed.id().name();
    var called = workspaces.called(name);
    var running = doomed.isStopped() ? "" : "Its processes will end. ";
    call.confirm(yes, running + "The home stays. Delete workspace %s?".formatted(called));
    workspaces.audit("workspace delete " + doomed.id());
    var _ =
        call.await(
            "deleting " + called,
            workspaces.port().delete(doomed.id()),
            "the deletion goes on, see '%s'".formatted(workspaces.command("workspace list")));
    var again = name.equals(WorkspaceName.MAIN) ? " The next login makes it anew." : "";
    call.show(
        new Result.Outcome(
            "Workspace %s is deleted; the home stays.%s".formatted(called, again),
            Result.Details.of(
                Result.field("name", Value.of(name)),
                Result.field("owner", Value.of(workspaces.owner())))));
  }
}
