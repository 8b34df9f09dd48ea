package dev.gatehouse.console;

import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.WorkspaceInfo;
import picocli.CommandLine.Parameters;

final class WorkspaceStop implements Command {
  static final About ABOUT =
      new About(
          "workspace stop",
          Access.ANYBODY,
          "Stop a workspace; its files stay, its processes end",
          "workspace stop",
          "workspace stop gpu");

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The workspace; main if left out.")
  private WorkspaceName name = WorkspaceName.MAIN;

  @Override
  public void run(Call call) throws InterruptedException {
    var before = call.workspaces().view(name);
    if (before.state() == WorkspaceInfo.State.STOPPED) {
      call.show(
          new Result.Outcome("Workspace %s was not running.".formatted(name), before.details()));
      return;
    }
    stop(before, call);
    call.show(
        new Result.Outcome(
            "Workspace %s is stopped; its files stay.".formatted(name),
            call.workspaces().view(name).details()));
  }

  private void stop(WorkspaceView workspace, Call call) throws InterruptedException {
    var stopped = call.services().workspaces().stop(workspace.id());
    try {
      new Watch(call.screen(), call.services().clock(), "stopping " + name).until(stopped);
    } catch (InterruptedException e) {
      throw new Interrupted(
          "no longer watching; the stop goes on, see 'gate workspace show %s'".formatted(name));
    }
    Stages.await(stopped);
  }
}
