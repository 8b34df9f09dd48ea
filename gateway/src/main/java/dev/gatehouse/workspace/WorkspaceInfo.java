package dev.gatehouse.workspace;

import dev.gatehouse.name.MachineTypeName;
import java.time.Instant;

/**
 * What is known of a workspace.
 *
 * @param since when it came into this state
 */
public record WorkspaceInfo(WorkspaceId id, MachineTypeName type, State state, Instant since) {
  /** Where a workspace is in its life. */
  public enum State {
    STOPPED,
    STARTING,
    RUNNING,
    STOPPING
  }
}
