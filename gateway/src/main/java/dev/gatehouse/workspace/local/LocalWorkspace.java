package dev.gatehouse.workspace.local;

import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.Start;
import dev.gatehouse.workspace.StartProgress;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one workspace: at most one run at a time, and a new one only after the last's end.
 */
final class LocalWorkspace {
  private static final Logger log = LoggerFactory.getLogger(LocalWorkspace.class);

  private final WorkspaceId id;
  private final StateFolder folder;
  private final InstantSource clock;
  private @Nullable Run run;
  private CompletableFuture<Void> lastEnd = CompletableFuture.completedFuture(null);
  private Instant since;

  /** A person stopped it and has not come back. Not on disk: all end with the gateway anyway. */
  private boolean held;

  LocalWorkspace(WorkspaceId id, StateFolder folder, InstantSource clock) {
    this.id = id;
    this.folder = folder;
    this.clock = clock;
    this.since = clock.instant();
  }

  /** Joins the run that is there, unless it failed. */
  synchronized Start start(Supplier<Run> runs) {
    if (run != null && !run.start().failed()) {
      return run.start();
    }
    var next = runs.get();
    held = false;
    run = next;
    since = clock.instant();
    next.start().endpoint().whenComplete((_, _) -> changed());
    var _ = lastEnd.thenRun(() -> onThread("start", next::open));
    return next.start();
  }

  /** Where it is reached, if it runs. */
  synchronized Optional<Endpoint> running() {
    return Optional.ofNullable(run)
        .map(Run::start)
        .filter(StartProgress::succeeded)
        .map(s -> s.endpoint().toCompletableFuture().join());
  }

  /**
   * @param byPerson whether it stays stopped until a person comes back to it
   */
  synchronized CompletableFuture<Void> stop(boolean byPerson) {
    held = byPerson;
    var ending = run;
    if (ending == null) {
      return lastEnd;
    }
    run = null;
    since = clock.instant();
    lastEnd = new CompletableFuture<>();
    var end = lastEnd;
    onThread("stop", () -> end(ending, end));
    return end;
  }

  /** What runs, or is about to. */
  synchronized Optional<Run> current() {
    return Optional.ofNullable(run);
  }

  private void end(Run ending, CompletableFuture<Void> end) {
    try {
      ending.end();
      changed();
      // What the folder says may be another type by now, for the next start.
      var known = folder.find(id).map(StateFolder.Known::type);
      folder.remember(id, known.orElse(ending.spec().type().name()), clock.instant());
    } catch (IOException | RuntimeException e) {
      log.error("[local-stop] {} was not stopped cleanly", id, e);
    } finally {
      end.complete(null);
    }
  }

  private synchronized void changed() {
    since = clock.instant();
  }

  /** Empty if it never came to life. */
  synchronized Optional<WorkspaceInfo> info() throws IOException {
    var current = run;
    if (current != null && !current.start().failed()) {
      var running = current.start().succeeded();
      var type = current.spec().type().name();
      return Optional.of(
          new WorkspaceInfo(id, type, running ? State.RUNNING : State.STARTING, since));
    }
    var stopping = !lastEnd.isDone();
    return folder
        .find(id)
        .map(
            known ->
                stopping
                    ? stopped(known.type(), State.STOPPING, since)
                    : stopped(known.type(), State.STOPPED, known.since()));
  }

  private WorkspaceInfo stopped(MachineTypeName type, State state, Instant since) {
    return new WorkspaceInfo(id, type, state, since, Optional.empty(), Optional.empty(), held);
  }

  private void onThread(String what, Runnable task) {
    Thread.ofVirtual().name("local-" + what + "-" + id).start(task);
  }
}
