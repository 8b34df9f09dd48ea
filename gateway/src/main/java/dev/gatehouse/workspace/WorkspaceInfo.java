package dev.gatehouse.workspace;

import dev.gatehouse.name.MachineTypeName;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a workspace.
 *
 * @param since when it came into this state
 * @param lastUse when somebody last used it; empty where nobody counts that
 * @param keepUntil when it may be stopped for want of use again
 * @param held whether a person stopped it, who wants it to stay so until they come back
 * @param outfit what it runs with; empty where it does not run, or is not known
 */
public record WorkspaceInfo(
    WorkspaceId id,
    MachineTypeName type,
    State state,
    Instant since,
    Optional<Instant> lastUse,
    Optional<Instant> keepUntil,
    boolean held,
    Optional<Outfit> outfit) {

  /** Of which it is not known what it runs with. */
  public WorkspaceInfo(
      WorkspaceId id,
      MachineTypeName type,
      State state,
      Instant since,
      Optional<Instant> lastUse,
      Optional<Instant> keepUntil,
      boolean held) {
    this(id, type, state, since, lastUse, keepUntil, held, Optional.empty());
  }

  /** A workspace whose use nobody counts. */
  public WorkspaceInfo(WorkspaceId id, MachineTypeName type, State state, Instant since) {
    this(id, type, state, since, Optional.empty(), Optional.empty(), false);
  }

  /** Where a workspace is in its life. */
  public enum State {
    STOPPED,
    STARTING,
    RUNNING,
    STOPPING
  }
}
