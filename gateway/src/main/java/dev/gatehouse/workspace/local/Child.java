package dev.gatehouse.workspace.local;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.concurrent.CompletableFuture;

/**
 * A process that we started and therefore must reap. Its number is used only before it is reaped,
 * when the kernel cannot have given it to anybody else.
 */
final class Child {
  private static final int SIGINFO_SIZE = 128;

  private final int pid;
  private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
  private boolean reaped;

  private Child(int pid) {
    this.pid = pid;
  }

  static Child start(Launch launch, Stdio stdio) throws IOException {
    var child = new Child(Spawner.spawn(launch, stdio));
    Thread.ofPlatform().daemon().name("local-reaper-" + child.pid).start(child::reap);
    return child;
  }

  int pid() {
    return pid;
  }

  /** Completes when the process has ended; its descendants may live on. */
  CompletableFuture<ExitStatus> exit() {
    return exit;
  }

  /** Signals the process and its group; without effect once it has ended. */
  synchronized void signal(int number) throws IOException {
    if (!reaped) {
      Posix.kill(-pid, number);
    }
  }

  private void reap() {
    try (var arena = Arena.ofConfined()) {
      Posix.awaitEnd(pid, arena.allocate(SIGINFO_SIZE, 8));
      var status = arena.allocate(JAVA_INT);
      synchronized (this) {
        Posix.waitpid(pid, status);
        reaped = true;
      }
      exit.complete(ExitStatus.ofWaitStatus(status.get(JAVA_INT, 0)));
    } catch (IOException e) {
      exit.completeExceptionally(e);
    }
  }
}
