package dev.gatehouse.workspace;

import dev.gatehouse.name.Username;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The port behind which workspaces live. All implementations pass {@code WorkspacesContract}.
 * Nothing here blocks.
 */
public interface Workspaces extends AutoCloseable {
  /**
   * Makes a workspace run and creates it first if need be. Calls for the same workspace, at the
   * same moment too, share one start. A workspace keeps the machine type it was made with until
   * {@link #stop}.
   */
  Start start(WorkspaceSpec spec);

  /**
   * Stops a workspace, ending its processes; its home stays. Completes when it is stopped, at once
   * if it does not run. A start under way is ended too and fails as unavailable.
   */
  CompletionStage<Void> stop(WorkspaceId id);

  /** The person's workspaces that were ever started and still exist, by name. */
  List<WorkspaceInfo> list(Username owner);

  /** Ends what must not outlive this process. */
  @Override
  void close();
}
