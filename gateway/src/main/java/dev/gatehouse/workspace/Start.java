package dev.gatehouse.workspace;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A start under way, or over. Many may watch one start; nobody can cancel it. */
public interface Start {
  /**
   * Completes when the workspace's sshd accepts, at once if it runs already; or fails with a {@link
   * FailureException}.
   */
  CompletionStage<Endpoint> endpoint();

  /**
   * Calls {@code listener} with the step that is under way, if any, and with each later one until
   * {@link #endpoint} completes. Calls come one at a time and must return quickly.
   */
  void onProgress(Consumer<Progress> listener);

  /**
   * This start, for somebody who does not wait longer than that: {@link #endpoint} fails then, and
   * the start itself goes on.
   */
  default Start within(Duration limit, Failure tooLong) {
    var patient = this;
    return new Start() {
      @Override
      public CompletionStage<Endpoint> endpoint() {
        // A copy: the time-out must not complete what others wait for.
        var copy = patient.endpoint().toCompletableFuture().copy();
        return copy.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            .exceptionallyCompose(
                e ->
                    CompletableFuture.failedFuture(
                        e instanceof TimeoutException ? new FailureException(tooLong) : e));
      }

      @Override
      public void onProgress(Consumer<Progress> listener) {
        patient.onProgress(listener);
      }
    };
  }

  /** A start that failed before it began. */
  static Start failed(Failure why) {
    return new Start() {
      @Override
      public CompletionStage<Endpoint> endpoint() {
        return CompletableFuture.failedFuture(new FailureException(why));
      }

      @Override
      public void onProgress(Consumer<Progress> listener) {}
    };
  }
}
