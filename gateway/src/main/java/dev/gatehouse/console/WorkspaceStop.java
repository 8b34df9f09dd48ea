package dev.gatehouse.console;

import dev.gatehouse.name.WorkspaceName;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

final class WorkspaceStop implements Command {
  static final About ABOUT =
      new About(
              "workspace stop",
              Access.ANYBODY,
              "Stop a workspace; its files stay, its processes end",
              "workspace stop",
              "workspace stop gpu",
              "workspace stop --user bob")
          .with(Whose.OPTION, Access.ADMINISTRATOR);

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The workspace; main if left out.")
  private WorkspaceName name = WorkspaceName.MAIN;

  @Mixin private final Whose whose = new Whose();

  @Override
  public void run(Call call) throws InterruptedException {
    var workspaces = whose.of(call);
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
