package dev.gatehouse.workspace;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A start under way, or over. Many may watch one start; nobody can cancel it. */
public interface Start {
  /**
   * Completes when the workspace's sshd accepts, at once if it runs already; or fails with a {@link
   * dev.gatehouse.failure.FailureException}.
   */
  CompletionStage<Endpoint> endpoint();

  /**
   * Calls {@code listener} with the step that is under way, if any, and with each later one until
   * {@link #endpoint} completes. Calls come one at a time and must return quickly.
   */
  void onProgress(Consumer<Progress> listener);
}
