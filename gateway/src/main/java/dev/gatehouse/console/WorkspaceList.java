package dev.gatehouse.console;

final class WorkspaceList implements Command {
  static final About ABOUT =
      new About(
          "workspace list",
          Access.ANYBODY,
          "List your workspaces",
          "workspace list",
          "workspace list --json");

  @Override
  public void run(Call call) {
    call.show(WorkspaceView.table(call.workspaces().all(), call.services()));
  }
}
