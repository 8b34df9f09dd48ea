package dev.gatehouse.console.commands.workspace;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.OwnerOption;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.name.WorkspaceName;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

final class WorkspaceStop implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "workspace stop",
              Access.ANYBODY,
              "Stop a workspace; its files stay, its processes end",
              "workspace stop",
              "workspace stop gpu",
              "workspace stop --user bob")
          .with(OwnerOption.OPTION, Access.ADMINISTRATOR);

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The workspace; main if left out.")
  private WorkspaceName name = WorkspaceName.MAIN;

  @Mixin private final OwnerOption ownerOption = new OwnerOption();

  @Override
  public void run(Call call) throws InterruptedException {
    var workspaces = ownerOption.of(call);
    var before = workspaces.view(name);
    var called = workspaces.called(name);
    if (before.isStopped()) {
      call.show(
          new Result.Outcome("Workspace %s was not running.".formatted(called), before.details()));
      return;
    }
    workspaces.audit("workspace stop " + before.id());
    workspaces.stop(before);
    call.show(
        new Result.Outcome(
            "Workspace %s is stopped; its files stay.".formatted(called),
            workspaces.view(name).details()));
  }
}
