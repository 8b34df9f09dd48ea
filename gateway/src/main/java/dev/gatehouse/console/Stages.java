package dev.gatehouse.console;

import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Waits for a stage as a virtual thread may. */
public final class Stages {
  private Stages() {}

  /**
   * The stage's value, once it is there.
   *
   * @throws FailureException if it ended in one
   * @throws UserError likewise
   */
  public static <T> T await(CompletionStage<T> stage) throws InterruptedException {
    try {
      return stage.toCompletableFuture().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FailureException failure) {
        throw new FailureException(failure.failure(), e);
      }
      if (e.getCause() instanceof UserError mistake) {
        throw new UserError(mistake.exit(), mistake.text());
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
