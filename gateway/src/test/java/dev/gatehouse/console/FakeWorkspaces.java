package dev.gatehouse.console;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import dev.gatehouse.testkit.BareWorkspaces;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.HomeInfo;
import dev.gatehouse.workspace.HomeSnapshots;
import dev.gatehouse.workspace.Progress;
import dev.gatehouse.workspace.Start;
import dev.gatehouse.workspace.StopReason;
import dev.gatehouse.workspace.Usage;
import dev.gatehouse.workspace.WorkspaceEvent;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import dev.gatehouse.workspace.WorkspaceSpec;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Workspaces that start only as far as the test lets them. */
public final class FakeWorkspaces extends BareWorkspaces {
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
  public boolean startsAtOnce;

  /** Completes what is being deleted. */
  CompletionStage<Void> deletions = CompletableFuture.completedStage(null);

  /** Whether the cluster does not answer. */
  boolean down;

  /** What happens to whoever asks for all workspaces. */
  volatile Optional<RuntimeException> broken = Optional.empty();

  /** How often somebody has asked for all workspaces. */
  final AtomicInteger asked = new AtomicInteger();

  /** What the next deletion of a home leaves behind. */
  public Optional<String> snapshot = Optional.empty();

  /** Whoever has a home. */
  public final Set<Username> homes = new HashSet<>();

  /** What is said of everybody's size. */
  public Optional<String> growth = Optional.empty();

  /** Their snapshots; null where the platform has none. */
  public @Nullable FakeHomeSnapshots snapshots;

  /** By the workspace, such as {@code alice/main}. */
  final Map<String, Usage> usages = new ConcurrentHashMap<>();

  List<String> log = List.of();
  List<WorkspaceEvent> events = List.of();

  private final InstantSource clock;
  private final Map<WorkspaceId, WorkspaceInfo> infos = new ConcurrentHashMap<>();
  private final Map<WorkspaceId, ControlledStart> starts = new ConcurrentHashMap<>();

  FakeWorkspaces(InstantSource clock) {
    this.clock = clock;
    this.snapshots = new FakeHomeSnapshots(homes, clock);
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
  public CompletionStage<Void> create(WorkspaceSpec spec) {
    set(spec, State.STOPPED);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> delete(WorkspaceId id) {
    infos.remove(id);
    return deletions;
  }

  @Override
  public CompletionStage<Void> changeType(WorkspaceId id, MachineTypeName type) {
    change(
        id,
        i ->
            new WorkspaceInfo(
                id, type, i.state(), i.since(), i.lastUse(), i.keepUntil(), i.held()));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> keep(WorkspaceId id, Optional<Instant> until) {
    change(
        id,
        i -> new WorkspaceInfo(id, i.type(), i.state(), i.since(), i.lastUse(), until, i.held()));
    return CompletableFuture.completedStage(null);
  }

  private void change(WorkspaceId id, UnaryOperator<WorkspaceInfo> change) {
    infos.compute(id, (_, info) -> change.apply(Objects.requireNonNull(info)));
  }

  @Override
  public Optional<HomeInfo> home(Username owner) {
    if (down) {
      throw new FailureException(new Failure.Unavailable("kubernetes-unavailable", "no answer"));
    }
    return homes.contains(owner)
        ? Optional.of(new HomeInfo(owner, "home-" + owner, "20Gi", growth))
        : Optional.empty();
  }

  @Override
  public Optional<HomeSnapshots> snapshots() {
    return Optional.ofNullable(snapshots);
  }

  @Override
  public CompletionStage<Optional<String>> deleteHome(Username owner) {
    homes.remove(owner);
    return CompletableFuture.completedStage(snapshot);
  }

  @Override
  public List<String> logs(WorkspaceId id, int lines) {
    return log.subList(Math.max(0, log.size() - lines), log.size());
  }

  @Override
  public List<WorkspaceEvent> events(WorkspaceId id) {
    return events;
  }

  @Override
  public Optional<Usage> usage(WorkspaceId id) {
    return Optional.ofNullable(usages.get(id.toString()));
  }

  @Override
  public List<WorkspaceInfo> list(Username owner) {
    return all().stream().filter(w -> w.id().owner().equals(owner)).toList();
  }

  @Override
  public List<WorkspaceInfo> all() {
    synchronized (asked) {
      asked.incrementAndGet();
      asked.notifyAll();
    }
    broken.ifPresent(
        e -> {
          throw e;
        });
    return infos.values().stream()
        .sorted(
            Comparator.comparing((WorkspaceInfo w) -> w.id().owner())
                .thenComparing(w -> w.id().name()))
        .toList();
  }

  /** Waits until somebody has asked for all workspaces so often. */
  void awaitAsked(int times) throws InterruptedException {
    synchronized (asked) {
      while (asked.get() < times) {
        asked.wait();
      }
    }
  }

  private void set(WorkspaceSpec spec, State state) {
    infos.put(spec.id(), new WorkspaceInfo(spec.id(), spec.type().name(), state, clock.instant()));
  }
}
