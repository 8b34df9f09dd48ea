package dev.gatehouse.server;

import java.util.Optional;
import java.util.function.Function;

/** A directory that ends when it is retired and nobody uses it any more. Used by many threads. */
final class LeasedBackend {
  private final DirectoryBackend backend;

  // Guarded by this.
  private int uses;
  private boolean retired;

  LeasedBackend(DirectoryBackend backend) {
    this.backend = backend;
  }

  /** Returns the answer; empty if it is retired already. */
  <T> Optional<T> use(Function<DirectoryBackend, T> question) {
    if (!enter()) {
      return Optional.empty();
    }
    try {
      return Optional.of(question.apply(backend));
    } finally {
      leave();
    }
  }

  /** Takes no more questions, and ends after those that it has. */
  void retire() {
    if (isOver(0, true)) {
      backend.close();
    }
  }

  private synchronized boolean enter() {
    if (!retired) {
      uses++;
    }
    return !retired;
  }

  private void leave() {
    if (isOver(-1, false)) {
      backend.close();
    }
  }

  /** True once, of all calls. */
  private synchronized boolean isOver(int change, boolean retire) {
    uses += change;
    var before = retired;
    retired |= retire;
    return uses == 0 && retired && !(before && retire);
  }
}
