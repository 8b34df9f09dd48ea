package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.workspace.WorkspaceInfo;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** The workspaces of a cluster, for who asks once and follows nothing. */
public final class KnownWorkspaces {
  private KnownWorkspaces() {}

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
