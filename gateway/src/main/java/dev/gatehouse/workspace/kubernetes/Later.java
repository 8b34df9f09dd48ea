package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.failure.UserError;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Runs what blocks on a virtual thread of its own; what goes wrong is told as a failure, and a
 * person's mistake as it is.
 */
final class Later {
  private Later() {}

  interface Waiting {
    void run() throws InterruptedException;
  }

  interface Answering<T> {
    T run() throws InterruptedException;
  }

  /**
   * @param what the name of the thread
   */
  static CompletionStage<Void> run(String what, Waiting action) {
    return answer(
            what,
            () -> {
              action.run();
              return true;
            })
        .thenAccept(_ -> {});
  }

  /** As above, with an answer. */
  static <T> CompletionStage<T> answer(String what, Answering<T> action) {
    var done = new CompletableFuture<T>();
    Thread.ofVirtual()
        .name(what)
        .start(
            () -> {
              try {
                done.complete(action.run());
              } catch (InterruptedException | UserError e) {
                done.completeExceptionally(e);
              } catch (RuntimeException e) {
                done.completeExceptionally(KubernetesFailures.of(e));
              }
            });
    return done.minimalCompletionStage();
  }
}
