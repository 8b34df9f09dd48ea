package dev.gatehouse.workspace;

import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;

/** One person's workspace; written {@code alice/main}. */
public record WorkspaceId(Username owner, WorkspaceName name) {
  @Override
  public String toString() {
    return owner + "/" + name;
  }
}
