package dev.gatehouse.workspace.local;

import dev.gatehouse.failure.FailureException;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.Progress;
import dev.gatehouse.workspace.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A start that tells its watchers of each step. The lock keeps the calls in order. */
final class LocalStart implements Start {
  private final CompletableFuture<Endpoint> endpoint = new CompletableFuture<>();
  private final List<Consumer<Progress>> listeners = new ArrayList<>();
  private @Nullable Progress step;

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

  synchronized void step(Progress next) {
    if (!endpoint.isDone()) {
      step = next;
      listeners.forEach(listener -> listener.accept(next));
    }
  }

  void succeed(Endpoint running) {
    endpoint.complete(running);
  }

  void fail(FailureException failure) {
    endpoint.completeExceptionally(failure);
  }

  boolean succeeded() {
    return endpoint.isDone() && !failed();
  }

  boolean failed() {
    return endpoint.isCompletedExceptionally();
  }
}
