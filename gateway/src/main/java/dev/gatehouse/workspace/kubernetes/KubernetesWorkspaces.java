package dev.gatehouse.workspace.kubernetes;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.metrics.Starts;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import dev.gatehouse.nodes.NodeOverview;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.HomeInfo;
import dev.gatehouse.workspace.Start;
import dev.gatehouse.workspace.StartProgress;
import dev.gatehouse.workspace.StopReason;
import dev.gatehouse.workspace.Usage;
import dev.gatehouse.workspace.WorkspaceEvent;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import dev.gatehouse.workspace.WorkspaceSpec;
import dev.gatehouse.workspace.Workspaces;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Workspaces as pods of a Kubernetes cluster. */
public final class KubernetesWorkspaces implements Workspaces {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesWorkspaces.class);

  private static final Duration SNAPSHOT_WITHIN = Duration.ofMinutes(15);
  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(10);

  /** The pod's own grace period, and some more. */
  private static final Duration GONE_WITHIN = Duration.ofMinutes(2);

  private final KubernetesClient client;
  private final String namespace;
  private final Backend backend;
  private final Supplier<ClusterDefinition> definition;
  private final Homes homes;
  private final Endings endings;
  private final Starts starts = new Starts();

  /** By workspace. Guarded by this. */
  private final Map<WorkspaceId, StartAttempt> attempts = new HashMap<>();

  /** Each until the cluster has been told. Guarded by this. */
  private final Map<WorkspaceId, CompletableFuture<Void>> stops = new HashMap<>();

  private final Uses uses;
  private final Inventory inventory;

  /** As below, where nobody tells of the nodes. */
  public KubernetesWorkspaces(
      KubernetesClient client,
      Supplier<ClusterDefinition> definition,
      PeopleAdministration people,
      SshPublicKey userCa,
      InstantSource clock) {
    this(client, definition, people, userCa, NodeOverview.NOWHERE, clock);
  }

  /**
   * Begins to watch the cluster. It need not answer yet.
   *
   * @param client stays the caller's
   * @param people who stand in the workspaces' passwd files
   * @param nodes by which a machine type that fits none is refused at once
   */
  public KubernetesWorkspaces(
      KubernetesClient client,
      Supplier<ClusterDefinition> definition,
      PeopleAdministration people,
      SshPublicKey userCa,
      NodeOverview nodes,
      InstantSource clock) {
    var settings = definition.get().kubernetes();
    this.client = client;
    this.namespace = settings.namespace();
    this.definition = definition;
    var cluster = new Cluster(client, namespace);
    var podAddress = new PodAddress(client, settings.reach());
    this.backend =
        new Backend(
            cluster,
            new WorkspaceWrites(
                client, namespace, () -> new Manifests(definition.get().kubernetes(), userCa)),
            new PeopleFiles(client, namespace, people),
            podAddress,
            new StoppingPods(),
            new StrandedPods(cluster, podAddress),
            new ListeningPods(podAddress),
            new NodeRoom(nodes, definition, clock),
            clock);
    this.inventory = new Inventory(backend);
    this.uses = new Uses(backend.workspaceWrites(), definition, clock);
    this.homes =
        new Homes(
            client,
            namespace,
            new Snapshots(
                client,
                namespace,
                () -> definition.get().kubernetes().homes().snapshotClass(),
                SNAPSHOT_WITHIN,
                clock));
    cluster.listen(this::forgetGone);
    cluster.listen(backend.stranded()::look);
    cluster.listen(new Preparations(cluster, backend.workspaceWrites())::look);
    this.endings = new Endings(cluster, clock);
  }

  /** Those that this gateway has seen through. */
  public Starts starts() {
    return starts;
  }

  // ---- starts ----

  @Override
  public synchronized Start start(WorkspaceSpec spec) {
    var running = running(spec.id());
    if (running.isPresent()) {
      return StartProgress.done(running.get());
    }
    var current = attempts.get(spec.id());
    if (current != null && !current.progress().isOver()) {
      return current.progress();
    }
    var lastStop = stops.getOrDefault(spec.id(), CompletableFuture.completedFuture(null));
    var timeout = definition.get().workspaces().startTimeout();
    var startAttempt = new StartAttempt(backend, spec, timeout, lastStop);
    attempts.put(spec.id(), startAttempt);
    var began = backend.clock().instant();
    startAttempt
        .progress()
        .endpoint()
        .whenComplete(
            (_, error) -> {
              forget(spec.id(), startAttempt);
              starts.ended(Duration.between(began, backend.clock().instant()), error);
            });
    return startAttempt.begin().progress();
  }

  private synchronized void forget(WorkspaceId id, StartAttempt startAttempt) {
    attempts.remove(id, startAttempt);
  }

  // ---- changes ----

  @Override
  public CompletionStage<Void> create(WorkspaceSpec spec) {
    return Later.run(
        "create-" + spec.id(),
        () -> {
          backend.people().require(spec.owner());
          backend.workspaceWrites().create(spec);
          await(ObjectName.of(spec.id()), set -> set.isPresent());
        });
  }

  @Override
  public CompletionStage<Void> stop(WorkspaceId id, StopReason reason) {
    return stop(id, reason, "");
  }

  @Override
  public CompletionStage<Void> stopBy(WorkspaceId id, Username who) {
    return stop(id, StopReason.PERSON, who.value());
  }

  /**
   * @param by whoever has said so; empty if nobody has
   */
  private synchronized CompletionStage<Void> stop(WorkspaceId id, StopReason reason, String by) {
    var name = ObjectName.of(id);
    var running = uids(name);
    backend.stoppingPods().add(name, running);
    var start = Optional.ofNullable(attempts.remove(id));
    var told = new CompletableFuture<Void>();
    stops.put(id, told);
    return Later.run(
            "stop-" + id,
            () -> {
              var ending = new HashSet<>(running);
              try {
                start.ifPresent(StartAttempt::end);
                tellToStop(id, reason, by);
                // One may have come since; those of a start after this are not ending.
                ending.addAll(ending(name));
              } finally {
                over(id, told);
              }
              awaitGone(name, ending);
            })
        .whenComplete(
            (_, e) -> {
              if (e != null) {
                backend.stoppingPods().spare(running);
              }
            });
  }

  private synchronized void over(WorkspaceId id, CompletableFuture<Void> stop) {
    stops.remove(id, stop);
    stop.complete(null);
  }

  /** Until the pods are on their way out: a start before that would keep them. */
  private void tellToStop(WorkspaceId id, StopReason reason, String by)
      throws InterruptedException {
    var name = ObjectName.of(id);
    var set = backend.workspaceWrites().stop(name, stopMarks(reason, by));
    if (set.isPresent()) {
      LOG.info("[workspace-stopped] {} for {}", id, reason);
      var generation = set.get().getMetadata().getGeneration();
      await(name, s -> s.filter(now -> !View.hasHeeded(now, generation)).isEmpty());
    }
  }

  @Override
  public CompletionStage<Boolean> stopIf(
      WorkspaceId id, StopReason reason, Predicate<WorkspaceInfo> condition) {
    var name = ObjectName.of(id);
    return Later.answer(
        "stop-" + id,
        () -> {
          var set = backend.workspaceWrites().set(name);
          var holds =
              set.flatMap(s -> View.of(s, backend.cluster().pods(name), backend::runs))
                  .filter(condition)
                  .isPresent();
          var stopped =
              holds && backend.workspaceWrites().stopUnchanged(set.get(), stopMarks(reason, ""));
          if (stopped) {
            LOG.info("[workspace-stopped] {} for {}", id, reason);
            backend.stoppingPods().add(name, uids(name));
          }
          return stopped;
        });
  }

  private Map<String, String> stopMarks(StopReason reason, String by) {
    return Map.of(
        Annotations.STOPPED_AT,
        backend.clock().instant().toString(),
        Annotations.STOPPED_FOR,
        reason.name().toLowerCase(Locale.ROOT),
        Annotations.STOPPED_BY,
        by);
  }

  @Override
  public CompletionStage<Void> delete(WorkspaceId id) {
    var name = ObjectName.of(id);
    return stop(id)
        .thenCompose(
            _ ->
                Later.run(
                    "delete-" + id,
                    () -> {
                      backend.workspaceWrites().delete(name);
                      LOG.info("[workspace-deleted] {}", id);
                      await(name, set -> set.isEmpty() && backend.cluster().secret(name).isEmpty());
                    }));
  }

  @Override
  public Optional<HomeInfo> home(Username owner) {
    try {
      return homes.of(owner);
    } catch (KubernetesClientException e) {
      throw KubernetesFailures.of(e);
    }
  }

  @Override
  public CompletionStage<Optional<String>> deleteHome(Username owner) {
    return Later.answer(
        "delete-home-" + owner,
        () -> {
          inventory.requireKnown();
          var inUse = list(owner).stream().filter(i -> i.state() != State.STOPPED).toList();
          if (!inUse.isEmpty()) {
            throw Homes.inUse(
                inUse.stream().map(i -> i.id().name().value()).collect(joining(" and ")));
          }
          return homes.delete(owner);
        });
  }

  @Override
  public CompletionStage<Void> changeType(WorkspaceId id, MachineTypeName type) {
    var name = ObjectName.of(id);
    return Later.run(
        "type-" + id,
        () -> {
          var _ =
              backend.workspaceWrites().label(name, Map.of(Annotations.MACHINE_TYPE, type.value()));
          await(
              name,
              set ->
                  set.flatMap(s -> Annotations.label(s, Annotations.MACHINE_TYPE))
                      .equals(Optional.of(type.value())));
        });
  }

  @Override
  public CompletionStage<Void> keep(WorkspaceId id, Optional<Instant> until) {
    var name = ObjectName.of(id);
    var mark = new HashMap<String, @Nullable String>();
    mark.put(Annotations.KEEP_UNTIL, until.map(Instant::toString).orElse(null));
    return Later.run(
        "keep-" + id,
        () -> {
          var _ = backend.workspaceWrites().annotate(name, mark);
          await(
              name,
              set -> set.flatMap(s -> Annotations.moment(s, Annotations.KEEP_UNTIL)).equals(until));
        });
  }

  @Override
  public void used(WorkspaceId id) {
    uses.used(id);
  }

  @Override
  public Optional<Failure> ending(WorkspaceId id) {
    return endings.of(id);
  }

  @Override
  public void onEnding(BiConsumer<WorkspaceId, Failure> listener) {
    endings.listen(listener);
  }

  // ---- what there is ----

  @Override
  public Optional<Endpoint> running(WorkspaceId id) {
    return inventory.running(id);
  }

  @Override
  public List<WorkspaceInfo> list(Username owner) {
    return inventory.list(owner);
  }

  @Override
  public List<WorkspaceInfo> all() {
    return inventory.all();
  }

  @Override
  public List<String> logs(WorkspaceId id, int lines) {
    return inventory.logs(id, lines);
  }

  @Override
  public List<WorkspaceEvent> events(WorkspaceId id) {
    return inventory.events(id);
  }

  @Override
  public Optional<Usage> usage(WorkspaceId id) {
    return inventory
        .readyPod(ObjectName.of(id))
        .flatMap(pod -> PodMetrics.of(client, namespace, pod.getMetadata().getName()));
  }

  /** As the API server told last. */
  List<Pod> podsOf(WorkspaceId id) {
    return backend.cluster().pods(ObjectName.of(id));
  }

  /** Writes who there is into the files that workspaces mount. */
  public void refreshPeople() {
    backend.people().refresh();
  }

  /** Workspaces go on: other gateways use them, and the next start of this one. */
  @Override
  public void close() {
    abandonStarts();
    backend.stranded().close();
    backend.cluster().close();
    backend.podAddress().close();
  }

  private synchronized void abandonStarts() {
    attempts.values().forEach(StartAttempt::abandon);
  }

  // ---- waiting for the cluster ----

  private interface Condition {
    boolean holds(Optional<StatefulSet> set);
  }

  /** Until the view shows it, so that who asks next is told the same. */
  private void await(String workspace, Condition condition) throws InterruptedException {
    if (!ViewWait.until(
        backend.cluster(),
        workspace,
        SHOWN_WITHIN,
        () -> condition.holds(backend.cluster().set(workspace)))) {
      LOG.warn("[kubernetes-slow] a change of {} is not shown yet", workspace);
    }
  }

  private void awaitGone(String workspace, Set<String> pods) throws InterruptedException {
    if (!ViewWait.until(
        backend.cluster(),
        workspace,
        GONE_WITHIN,
        () -> Collections.disjoint(uids(workspace), pods))) {
      throw new FailureException(
          new Failure.Unavailable(
              "workspace-stopping", "its processes do not end; its node may be lost"));
    }
  }

  private List<String> uids(String workspace) {
    return backend.cluster().pods(workspace).stream().map(p -> p.getMetadata().getUid()).toList();
  }

  private List<String> ending(String workspace) {
    return backend.cluster().pods(workspace).stream()
        .filter(View::isEnding)
        .map(p -> p.getMetadata().getUid())
        .toList();
  }

  private void forgetGone(String workspace) {
    var there = uids(workspace);
    backend.stoppingPods().keepOnly(workspace, there);
    backend.podAddress().keepOnly(workspace, there);
    backend.listening().keepOnly(workspace, backend.cluster().pods(workspace));
  }
}
