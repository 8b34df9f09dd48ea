package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What there is in the cluster of workspaces, as the API server told last. It is read without
 * asking anybody, so a login to a running workspace needs no API server, and goes on without one.
 */
final class Cluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
  private static final String BY_WORKSPACE = "workspace";
  private static final String BY_OWNER = "owner";
  private static final String BY_OBJECT = "object";

  private final SharedIndexInformer<StatefulSet> sets;
  private final SharedIndexInformer<Pod> pods;
  private final SharedIndexInformer<Secret> secrets;
  private final SharedIndexInformer<Event> events;
  private final Map<Consumer<String>, Boolean> listeners = new ConcurrentHashMap<>();

  /** Begins to watch; until the first answers are there {@link #isKnown} is false. */
  Cluster(KubernetesClient client, String namespace) {
    sets =
        watch(
            client
                .apps()
                .statefulSets()
                .inNamespace(namespace)
                .withLabel(Annotations.MANAGED_BY, Annotations.GATEHOUSE)
                .runnableInformer(0),
            this::workspaceOf,
            Map.of(
                BY_WORKSPACE,
                set -> Optional.ofNullable(set.getMetadata().getName()),
                BY_OWNER,
                set -> Annotations.label(set, Annotations.OWNER)));
    pods =
        watch(
            client
                .pods()
                .inNamespace(namespace)
                .withLabel(Annotations.MANAGED_BY, Annotations.GATEHOUSE)
                .runnableInformer(0),
            this::workspaceOf,
            Map.of(
                BY_WORKSPACE,
                this::workspaceOf,
                BY_OWNER,
                pod -> Annotations.label(pod, Annotations.OWNER)));
    secrets =
        watch(
            client
                .secrets()
                .inNamespace(namespace)
                .withLabel(Annotations.MANAGED_BY, Annotations.GATEHOUSE)
                .runnableInformer(0),
            this::workspaceOf,
            Map.of(BY_WORKSPACE, this::workspaceOf));
    events =
        watch(
            client.v1().events().inNamespace(namespace).runnableInformer(0),
            Cluster::workspaceOfEvent,
            Map.of(BY_OBJECT, event -> Optional.ofNullable(event.getInvolvedObject().getName())));
    List.of(sets, pods, secrets, events).forEach(Cluster::start);
  }

  private <T extends HasMetadata> SharedIndexInformer<T> watch(
      SharedIndexInformer<T> informer,
      Function<T, Optional<String>> workspace,
      Map<String, Function<T, Optional<String>>> indices) {
    indices.forEach(
        (index, key) ->
            informer.addIndexers(Map.of(index, object -> key.apply(object).stream().toList())));
    return informer.addEventHandler(
        new ResourceEventHandler<>() {
          @Override
          public void onAdd(T added) {
            workspace.apply(added).ifPresent(Cluster.this::tell);
          }

          @Override
          public void onUpdate(T before, T now) {
            workspace.apply(now).ifPresent(Cluster.this::tell);
          }

          @Override
          public void onDelete(T gone, boolean finalStateUnknown) {
            workspace.apply(gone).ifPresent(Cluster.this::tell);
          }
        });
  }

  private static void start(SharedIndexInformer<?> informer) {
    informer.exceptionHandler(
        (started, e) -> {
          LOG.warn(
              "[kubernetes-watch] {} cannot be watched now; trying again: {}",
              informer.getApiTypeClass().getSimpleName(),
              KubernetesFailures.describe(e));
          return true;
        });
    informer.start();
    informer
        .stopped()
        .whenComplete(
            (_, e) -> {
              if (e != null) {
                LOG.error(
                    "[kubernetes-watch-ended] {} is not watched any more",
                    informer.getApiTypeClass().getSimpleName(),
                    e);
              }
            });
  }

  /** Whether the API server has told everything once. */
  boolean isKnown() {
    return sets.hasSynced() && pods.hasSynced() && secrets.hasSynced();
  }

  /** Is told the name of each workspace of which something has changed. */
  void listen(Consumer<String> listener) {
    listeners.put(listener, true);
  }

  void unlisten(Consumer<String> listener) {
    listeners.remove(listener);
  }

  Optional<StatefulSet> set(String workspace) {
    return sets.getIndexer().byIndex(BY_WORKSPACE, workspace).stream().findFirst();
  }

  List<StatefulSet> sets() {
    return sets.getStore().list();
  }

  List<StatefulSet> setsOf(Username owner) {
    return sets.getIndexer().byIndex(BY_OWNER, ObjectName.of(owner));
  }

  /** Those of this machine type. */
  List<StatefulSet> setsOf(MachineTypeName type) {
    return sets().stream()
        .filter(
            s -> Annotations.label(s, Annotations.MACHINE_TYPE).equals(Optional.of(type.value())))
        .toList();
  }

  /** There may be two for a moment, on a lost node and on another. */
  List<Pod> pods(String workspace) {
    return pods.getIndexer().byIndex(BY_WORKSPACE, workspace);
  }

  /** Of all of this person's workspaces. */
  List<Pod> podsOf(Username owner) {
    return pods.getIndexer().byIndex(BY_OWNER, ObjectName.of(owner));
  }

  Optional<Secret> secret(String workspace) {
    return secrets.getIndexer().byIndex(BY_WORKSPACE, workspace).stream().findFirst();
  }

  /** What happened to this object. */
  List<Event> events(@Nullable String object) {
    return object == null ? List.of() : events.getIndexer().byIndex(BY_OBJECT, object);
  }

  @Override
  public void close() {
    List.of(sets, pods, secrets, events).forEach(SharedIndexInformer::stop);
  }

  /** Something is known now of this workspace that was not. */
  void tell(String workspace) {
    listeners.keySet().forEach(listener -> listener.accept(workspace));
  }

  private Optional<String> workspaceOf(HasMetadata object) {
    return Annotations.label(object, Annotations.WORKSPACE);
  }

  /** A pod's name is its set's and a number. */
  private static Optional<String> workspaceOfEvent(Event event) {
    return Optional.ofNullable(event.getInvolvedObject())
        .map(io.fabric8.kubernetes.api.model.ObjectReference::getName)
        .filter(Objects::nonNull)
        .map(name -> name.endsWith("-0") ? name.substring(0, name.length() - 2) : name);
  }
}
