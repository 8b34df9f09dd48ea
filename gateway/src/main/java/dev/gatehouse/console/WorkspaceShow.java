package dev.gatehouse.console;

import dev.gatehouse.name.WorkspaceName;
import picocli.CommandLine.Parameters;

final class WorkspaceShow implements Command {
  static final About ABOUT =
      new About(
          "workspace show",
          Access.ANYBODY,
          "Show one workspace and how to connect to it",
          "workspace show",
          "workspace show gpu");

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The workspace; main if left out.")
  private WorkspaceName name = WorkspaceName.MAIN;

  @Override
  public void run(Call call) {
    call.show(call.workspaces().view(name).details());
  }
}
