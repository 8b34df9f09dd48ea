package dev.gatehouse.testkit;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What one gateway logs at INFO and above, until this is closed. */
public final class LogLines implements AutoCloseable {
  private final LogScope scope;
  private final boolean entered;
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  private LogLines(LogScope scope, boolean entered) {
    this.scope = scope;
    this.entered = entered;
    scope.add(this);
  }

  /** Listens to a gateway that runs. */
  static LogLines of(LogScope scope) {
    return new LogLines(scope, false);
  }

  /** Listens to this thread, and to all that it starts from now on; closed by the same thread. */
  public static LogLines ofThisThread() {
    return new LogLines(LogScope.enter(), true);
  }

  /** The messages as the code wrote them, before any layout. */
  public List<String> all() {
    return List.copyOf(lines);
  }

  void add(String line) {
    lines.add(line);
  }

  @Override
  public void close() {
    scope.remove(this);
    if (entered) {
      scope.leave();
    }
  }
}
