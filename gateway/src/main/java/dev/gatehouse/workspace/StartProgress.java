package dev.gatehouse.workspace;

import dev.gatehouse.failure.FailureException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A start that tells its watchers of each step. The lock keeps the calls in order. */
public final class StartProgress implements Start {
  private final CompletableFuture<Endpoint> endpoint = new CompletableFuture<>();
  private final List<Consumer<Progress>> listeners = new ArrayList<>();
  private @Nullable Progress step;

  /** A start that is over already. */
  public static Start done(Endpoint running) {
    var start = new StartProgress();
    start.succeed(running);
    return start;
  }

  @Override
  public CompletionStage<Endpoint> endpoint() {
    return endpoint.minimalCompletionStage();
  }

  @Override
  public synchronized void onProgress(Consumer<Progress> listener) {
    if (endpoint.isDone()) {
      return;
    }
    listeners.add(listener);
    if (step != null) {
      listener.accept(step);
    }
  }

  /** A new step is under way. */
  public synchronized void step(Progress next) {
    if (!endpoint.isDone()) {
      step = next;
      listeners.forEach(listener -> listener.accept(next));
    }
  }

  public void succeed(Endpoint running) {
    endpoint.complete(running);
  }

  public void fail(FailureException failure) {
    endpoint.completeExceptionally(failure);
  }

  public boolean isOver() {
    return endpoint.isDone();
  }

  public boolean succeeded() {
    return endpoint.isDone() && !failed();
  }

  public boolean failed() {
    return endpoint.isCompletedExceptionally();
  }
}
