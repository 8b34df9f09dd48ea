package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;

/** The workspaces of a cluster, for who asks once and follows nothing. */
public final class KnownWorkspaces {
  private KnownWorkspaces() {}

  /** Returns which workspace a pod is; empty for a pod that is none. */
  public static Optional<WorkspaceId> of(Pod pod) {
    if (Annotations.label(pod, Annotations.WORKSPACE).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Annotations.annotation(pod, Annotations.PERSON)
          .map(Username::new)
          .flatMap(
              owner ->
                  Annotations.annotation(pod, Annotations.NAME)
                      .map(name -> new WorkspaceId(owner, new WorkspaceName(name))));
    } catch (UserError e) {
      return Optional.empty();
    }
  }

  /** Returns the pods of all workspaces. */
  public static List<Pod> pods(KubernetesClient client, String namespace) {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel(Annotations.MANAGED_BY, Annotations.GATEHOUSE)
        .withLabel(Annotations.WORKSPACE)
        .list()
        .getItems();
  }

  /** Whether people can be sent to it. */
  public static boolean isReady(Pod pod) {
    return View.isReady(pod);
  }

  /** Returns why no node takes a pod, as a sentence without an end; empty if one has taken it. */
  public static Optional<String> unplaced(Pod pod) {
    return Diagnosis.unplaced(pod)
        .map(condition -> Quote.plain(String.valueOf(condition.getMessage())))
        .map(Shortage::ofHome);
  }

  /**
   * Returns all of them, by their StatefulSets alone: whether they run is not looked at.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if they cannot be listed
   */
  public static List<WorkspaceInfo> of(KubernetesClient client, String namespace) {
    return client
        .apps()
        .statefulSets()
        .inNamespace(namespace)
        .withLabel(Annotations.MANAGED_BY, Annotations.GATEHOUSE)
        .list()
        .getItems()
        .stream()
        .flatMap(set -> View.of(set, List.of(), _ -> false).stream())
        .toList();
  }
}
