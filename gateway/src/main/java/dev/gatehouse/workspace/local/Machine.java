package dev.gatehouse.workspace.local;

import dev.gatehouse.workspace.WorkspaceSpec;
import java.nio.file.Path;

/** One run of a workspace, as its sessions see it. */
record Machine(WorkspaceSpec spec, Path home, Account account, ProcessTrees processes) {
  String login() {
    return spec.id().owner().value();
  }
}
