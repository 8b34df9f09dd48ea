package dev.gatehouse.testkit;

import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.HomeInfo;
import dev.gatehouse.workspace.StopReason;
import dev.gatehouse.workspace.Usage;
import dev.gatehouse.workspace.WorkspaceEvent;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceSpec;
import dev.gatehouse.workspace.Workspaces;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Workspaces that can be started, and nothing else. */
public abstract class BareWorkspaces implements Workspaces {
  @Override
  public Optional<Endpoint> running(WorkspaceId id) {
    return Optional.empty();
  }

  @Override
  public CompletionStage<Void> create(WorkspaceSpec spec) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> stop(WorkspaceId id, StopReason reason) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> delete(WorkspaceId id) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public Optional<HomeInfo> home(Username owner) {
    return Optional.empty();
  }

  @Override
  public CompletionStage<Optional<String>> deleteHome(Username owner) {
    return CompletableFuture.completedStage(Optional.empty());
  }

  @Override
  public CompletionStage<Void> changeType(WorkspaceId id, MachineTypeName type) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> keep(WorkspaceId id, Optional<Instant> until) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void used(WorkspaceId id) {}

  @Override
  public List<WorkspaceInfo> list(Username owner) {
    return List.of();
  }

  @Override
  public List<WorkspaceInfo> all() {
    return List.of();
  }

  @Override
  public List<String> logs(WorkspaceId id, int lines) {
    return List.of();
  }

  @Override
  public List<WorkspaceEvent> events(WorkspaceId id) {
    return List.of();
  }

  @Override
  public Optional<Usage> usage(WorkspaceId id) {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
