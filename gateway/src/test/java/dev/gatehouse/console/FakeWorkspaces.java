package dev.gatehouse.console;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.Username;
import dev.gatehouse.testkit.BareWorkspaces;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.Progress;
import dev.gatehouse.workspace.Start;
import dev.gatehouse.workspace.StopReason;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import dev.gatehouse.workspace.WorkspaceSpec;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Workspaces that start only as far as the test lets them. */
final class FakeWorkspaces extends BareWorkspaces {
  /** One start in the hands of the test. */
  final class ControlledStart implements Start {
    private final CompletableFuture<Endpoint> endpoint = new CompletableFuture<>();
    private final List<Consumer<Progress>> listeners = new ArrayList<>();
    private final WorkspaceSpec spec;
    private Optional<Progress> current = Optional.empty();

    private ControlledStart(WorkspaceSpec spec) {
      this.spec = spec;
    }

    @Override
    public CompletionStage<Endpoint> endpoint() {
      return endpoint.minimalCompletionStage();
    }

    @Override
    public synchronized void onProgress(Consumer<Progress> listener) {
      current.ifPresent(listener);
      listeners.add(listener);
      watched.countDown();
    }

    synchronized void step(String what) {
      var progress = new Progress(what, clock.instant());
      current = Optional.of(progress);
      listeners.forEach(l -> l.accept(progress));
    }

    void running() {
      set(spec, State.RUNNING);
      endpoint.complete(
          new Endpoint(
              InetSocketAddress.createUnresolved("workspace", 22),
              spec.id().owner().value(),
              new SshPublicKey("ssh-ed25519", "AAAA")));
    }

    void failed(Throwable cause) {
      set(spec, State.STOPPED);
      endpoint.completeExceptionally(cause);
    }
  }

  /** Counted down when somebody watches a start. */
  final CountDownLatch watched = new CountDownLatch(1);

  /** What the next start takes at once; empty leaves it to the test. */
  boolean startsAtOnce;

  private final InstantSource clock;
  private final Map<WorkspaceId, WorkspaceInfo> infos = new ConcurrentHashMap<>();
  private final Map<WorkspaceId, ControlledStart> starts = new ConcurrentHashMap<>();

  FakeWorkspaces(InstantSource clock) {
    this.clock = clock;
  }

  void add(WorkspaceInfo info) {
    infos.put(info.id(), info);
  }

  ControlledStart start(WorkspaceId id) {
    return Optional.ofNullable(starts.get(id)).orElseThrow();
  }

  @Override
  public Start start(WorkspaceSpec spec) {
    return starts.computeIfAbsent(
        spec.id(),
        _ -> {
          var start = new ControlledStart(spec);
          set(spec, State.STARTING);
          if (startsAtOnce) {
            start.running();
          }
          return start;
        });
  }

  @Override
  public CompletionStage<Void> stop(WorkspaceId id, StopReason reason) {
    var info = infos.get(id);
    infos.put(id, new WorkspaceInfo(id, info.type(), State.STOPPED, clock.instant()));
    var start = starts.remove(id);
    if (start != null && !start.endpoint.isDone()) {
      start.failed(new FailureException(new Failure.Unavailable("workspace-stopped", "stopped")));
    }
    return CompletableFuture.completedStage(null);
  }

  @Override
  public List<WorkspaceInfo> list(Username owner) {
    return infos.values().stream()
        .filter(w -> w.id().owner().equals(owner))
        .sorted(Comparator.comparing(w -> w.id().name()))
        .toList();
  }

  private void set(WorkspaceSpec spec, State state) {
    infos.put(spec.id(), new WorkspaceInfo(spec.id(), spec.type().name(), state, clock.instant()));
  }
}
