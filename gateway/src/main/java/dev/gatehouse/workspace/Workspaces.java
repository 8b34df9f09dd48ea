package dev.gatehouse.workspace;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The port behind which workspaces live. All implementations pass {@code WorkspacesContract}.
 * Nothing here blocks, unless it says so.
 */
public interface Workspaces extends AutoCloseable {
  /**
   * Makes a workspace run and creates it first if need be. Calls for the same workspace, at the
   * same moment too, share one start. A workspace keeps the machine type it was made with until
   * {@link #stop}.
   */
  Start start(WorkspaceSpec spec);

  /**
   * Where a workspace can be reached that runs; empty if it does not, or if that would have to be
   * found out. It starts nothing and is no use of it.
   */
  Optional<Endpoint> running(WorkspaceId id);

  /** Makes a workspace that does not run yet. */
  CompletionStage<Void> create(WorkspaceSpec spec);

  /**
   * Stops a workspace, ending its processes; its home stays. Completes when it is stopped, at once
   * if it does not run. A start under way is ended too and fails as unavailable.
   */
  CompletionStage<Void> stop(WorkspaceId id, StopReason reason);

  /**
   * As {@link #stop}, if the workspace still is as it should be at the moment in which it is
   * stopped: who uses it in between wins.
   *
   * @return whether it was stopped; does not wait for its processes to end
   */
  default CompletionStage<Boolean> stopIf(
      WorkspaceId id, StopReason reason, Predicate<WorkspaceInfo> condition) {
    return list(id.owner()).stream().anyMatch(w -> w.id().equals(id) && condition.test(w))
        ? stop(id, reason).thenApply(_ -> true)
        : CompletableFuture.completedStage(false);
  }

  /** As a person stops it. */
  default CompletionStage<Void> stop(WorkspaceId id) {
    return stop(id, StopReason.PERSON);
  }

  /** As a person stops it whose name the people in it are told. */
  default CompletionStage<Void> stopBy(WorkspaceId id, Username who) {
    return stop(id);
  }

  /**
   * Why a workspace that ran is ending, or has ended just now. Empty if it goes on, or if nobody
   * knows yet.
   */
  default Optional<Failure> ending(WorkspaceId id) {
    return Optional.empty();
  }

  /**
   * Has the listener told of each workspace that begins to end, and why, while its processes still
   * run if that is possible. It must not block.
   */
  default void onEnding(BiConsumer<WorkspaceId, Failure> listener) {}

  /** Stops a workspace and forgets it; the home, which is the person's, stays. */
  CompletionStage<Void> delete(WorkspaceId id);

  /**
   * The person's home, if the platform has homes apart from workspaces and it is made. May block.
   */
  Optional<HomeInfo> home(Username owner);

  /**
   * Deletes a person's home for ever, after a snapshot of it where the storage can make one.
   * Refused while one of their workspaces runs.
   *
   * @return the name of the snapshot, if one was made
   */
  CompletionStage<Optional<String>> deleteHome(Username owner);

  /** Returns the snapshots of homes; empty if the platform has no homes apart from workspaces. */
  default Optional<HomeSnapshots> snapshots() {
    return Optional.empty();
  }

  /** Has a workspace run as another machine type from its next start on. */
  CompletionStage<Void> changeType(WorkspaceId id, MachineTypeName type);

  /** Keeps a workspace from being stopped for want of use; empty lets it be stopped again. */
  CompletionStage<Void> keep(WorkspaceId id, Optional<Instant> until);

  /** Somebody uses this workspace now. Cheap: it may be called often. */
  void used(WorkspaceId id);

  /** The person's workspaces that were ever started and still exist, by name. */
  List<WorkspaceInfo> list(Username owner);

  /** Everybody's. */
  List<WorkspaceInfo> all();

  /** What the workspace's main process wrote last, oldest first. May block. */
  List<String> logs(WorkspaceId id, int lines);

  /** What the platform did with it lately, oldest first. */
  List<WorkspaceEvent> events(WorkspaceId id);

  /** Empty where nobody measures it, or it does not run. May block. */
  Optional<Usage> usage(WorkspaceId id);

  /** Ends what must not outlive this process. */
  @Override
  void close();
}
