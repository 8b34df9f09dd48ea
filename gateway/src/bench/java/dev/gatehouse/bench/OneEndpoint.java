package dev.gatehouse.bench;

import dev.gatehouse.testkit.BareWorkspaces;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.Progress;
import dev.gatehouse.workspace.Start;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceSpec;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** One place that is everybody's workspace. */
final class OneEndpoint extends BareWorkspaces {
  private final Endpoint endpoint;

  OneEndpoint(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public Optional<Endpoint> running(WorkspaceId id) {
    return Optional.of(endpoint);
  }

  @Override
  public Start start(WorkspaceSpec spec) {
    return new Start() {
      @Override
      public CompletionStage<Endpoint> endpoint() {
        return CompletableFuture.completedStage(endpoint);
      }

      @Override
      public void onProgress(Consumer<Progress> listener) {}
    };
  }
}
