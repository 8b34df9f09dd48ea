package dev.gatehouse.workspace.kubernetes;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Runs what blocks on a virtual thread of its own; what goes wrong is told as a failure. */
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
              } catch (InterruptedException | RuntimeException e) {
                done.completeExceptionally(
                    e instanceof RuntimeException r ? KubernetesFailures.of(r) : e);
              }
            });
    return done.minimalCompletionStage();
  }
}
