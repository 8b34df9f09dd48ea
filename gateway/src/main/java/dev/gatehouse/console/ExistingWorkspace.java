package dev.gatehouse.console;

import dev.gatehouse.name.WorkspaceName;

/** The name of a workspace that must be there already. */
public record ExistingWorkspace(WorkspaceName name) {
  public static final ExistingWorkspace MAIN = new ExistingWorkspace(WorkspaceName.MAIN);

  public ExistingWorkspace(String word) {
    this(new WorkspaceName(word));
  }

  @Override
  public String toString() {
    return name.value();
  }
}
