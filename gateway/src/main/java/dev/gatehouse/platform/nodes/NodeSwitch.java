package dev.gatehouse.platform.nodes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;

/** Closes nodes to new pods, and opens them again. All of it blocks. */
record NodeSwitch(KubernetesClient client) {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  /**
   * @throws KubernetesClientException 404 if there is no such node
   */
  Node require(String node) {
    var there = client.nodes().withName(node).get();
    if (there == null) {
      throw new KubernetesClientException(
          "there is no node " + node, HttpURLConnection.HTTP_NOT_FOUND, null);
    }
    return there;
  }

  void cordon(String node) {
    if (!isCordoned(require(node))) {
      patch(node, "true");
    }
  }

  void open(String node) {
    if (isCordoned(require(node))) {
      patch(node, "null");
    }
  }

  private static boolean isCordoned(Node node) {
    return node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
  }

  private void patch(String node, String unschedulable) {
    client
        .nodes()
        .withName(node)
        .patch(MERGE, "{\"spec\": {\"unschedulable\": %s}}".formatted(unschedulable));
  }
}
