package dev.gatehouse.relay;

import dev.gatehouse.workspace.Endpoint;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Starts the service that a tunnel leads to. */
@FunctionalInterface
public interface ServiceDial {
  /**
   * Called when nothing listens there. Must not block.
   *
   * @param endpoint where the workspace runs
   * @return completes when the tunnel may be tried again, or fails with a {@link
   *     dev.gatehouse.failure.FailureException}; empty if this workspace has no such service
   */
  Optional<CompletionStage<Void>> start(Endpoint endpoint);
}
