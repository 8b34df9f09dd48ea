package dev.gatehouse.console.commands.service;

import dev.gatehouse.name.WorkspaceName;
import picocli.CommandLine.Option;

/** The option that says whose service it is, among a person's workspaces. */
final class WorkspaceOption {
  @Option(
      names = {"-w", "--workspace"},
      paramLabel = "WORKSPACE",
      description = "The workspace; main if left out.")
  private WorkspaceName name = WorkspaceName.MAIN;

  WorkspaceName name() {
    return name;
  }
}
