package dev.gatehouse.workspace.kubernetes;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/** Makes requests beside each other that do not need each other's answers. */
final class AtOnce {
  private AtOnce() {}

  /**
   * Returns when all have been answered, so that nothing is asked for any more.
   *
   * @throws RuntimeException as the first of these that failed
   */
  static void run(String what, Runnable... requests) throws InterruptedException {
    var tasks = Stream.of(requests).map(request -> new FutureTask<>(request, true)).toList();
    var threads = tasks.stream().map(task -> Thread.ofVirtual().name(what).start(task)).toList();
    try {
      for (var thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      throw e;
    }
    rethrow(tasks);
  }

  private static void rethrow(List<FutureTask<Boolean>> tasks) throws InterruptedException {
    for (var task : tasks) {
      try {
        var _ = task.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException known
            ? known
            : new IllegalStateException(e.getCause());
      }
    }
  }
}
