package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.Username;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.WorkspaceEvent;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What there is of workspaces, and what is known of it. Nothing here changes anything. */
final class Inventory {
  private final Backend backend;

  Inventory(Backend backend) {
    this.backend = backend;
  }

  /** From what is known, without a word to the API server. */
  Optional<Endpoint> running(WorkspaceId id) {
    var name = ObjectName.of(id);
    return backend
        .cluster()
        .set(name)
        .filter(View::wantsToRun)
        .flatMap(set -> readyPod(name).filter(pod -> View.isOf(set, pod)))
        .flatMap(
            pod ->
                backend
                    .cluster()
                    .secret(name)
                    .flatMap(
                        secret ->
                            backend
                                .podAddress()
                                .knownAddress(pod)
                                .map(
                                    address ->
                                        new Endpoint(
                                            address,
                                            id.owner().value(),
                                            Identity.hostKey(secret)))));
  }

  /** The one that somebody can be sent to. */
  Optional<Pod> readyPod(String name) {
    return backend.cluster().pods(name).stream()
        .filter(p -> backend.runs(p) && !backend.stoppingPods().contains(p))
        .findFirst();
  }

  List<WorkspaceInfo> list(Username owner) {
    requireKnown();
    return infos(backend.cluster().setsOf(owner));
  }

  List<WorkspaceInfo> all() {
    requireKnown();
    return infos(backend.cluster().sets());
  }

  private List<WorkspaceInfo> infos(List<StatefulSet> sets) {
    return sets.stream()
        .flatMap(set -> info(set).stream())
        .sorted(
            Comparator.comparing((WorkspaceInfo i) -> i.id().owner())
                .thenComparing(i -> i.id().name()))
        .toList();
  }

  private Optional<WorkspaceInfo> info(StatefulSet set) {
    return View.of(set, backend.cluster().pods(set.getMetadata().getName()), backend::runs);
  }

  /**
   * @throws FailureException if the API server has not answered yet
   */
  void requireKnown() {
    if (!backend.cluster().isKnown()) {
      throw new FailureException(
          new Failure.Unavailable(
              "kubernetes-unavailable",
              "the cluster's API server has not answered yet; try again soon"));
    }
  }

  List<String> logs(WorkspaceId id, int lines) {
    try {
      return backend.cluster().pods(ObjectName.of(id)).stream()
          .findFirst()
          .map(p -> p.getMetadata().getName())
          .map(pod -> backend.workspaceWrites().log(pod, PodTemplate.CONTAINER, lines, false))
          .orElse(List.of());
    } catch (KubernetesClientException e) {
      throw KubernetesFailures.of(e);
    }
  }

  List<WorkspaceEvent> events(WorkspaceId id) {
    var name = ObjectName.of(id);
    return List.of(name, name + "-0", ObjectName.home(id.owner())).stream()
        .flatMap(object -> backend.cluster().events(object).stream())
        .map(
            e ->
                new WorkspaceEvent(
                    Moments.of(e),
                    String.valueOf(e.getReason()),
                    String.valueOf(e.getMessage()),
                    "Warning".equals(e.getType())))
        .sorted(Comparator.comparing(WorkspaceEvent::at))
        .toList();
  }
}
