package dev.gatehouse.console;

import dev.gatehouse.name.WorkspaceName;

/** The name of a workspace that must be there already. */
record ExistingWorkspace(WorkspaceName name) {
  static final ExistingWorkspace MAIN = new ExistingWorkspace(WorkspaceName.MAIN);

  ExistingWorkspace(String word) {
    this(new WorkspaceName(word));
  }

  @Override
  public String toString() {
    return name.value();
  }
}
