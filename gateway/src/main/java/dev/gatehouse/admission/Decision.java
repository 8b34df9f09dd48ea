package dev.gatehouse.admission;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.workspace.WorkspaceSpec;

/** The answer to "may this person have this workspace?". */
public sealed interface Decision {
  record Granted(WorkspaceSpec spec) implements Decision {}

  record Denied(Failure.Denied why) implements Decision {}
}
