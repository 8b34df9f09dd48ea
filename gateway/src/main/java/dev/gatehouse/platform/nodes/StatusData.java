package dev.gatehouse.platform.nodes;

import dev.gatehouse.nodes.NodeReportText;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The ConfigMap of the operator's status, of which each subject has a key of its own. */
record StatusData(KubernetesClient client, String namespace) {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * Changes what it has under these keys, and makes it if it is not there.
   *
   * @param change such as {@code data} to a key and its text
   */
  void merge(Map<String, Map<String, String>> change) {
    try {
      patch(change);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
      create();
      patch(change);
    }
  }

  private void patch(Map<String, Map<String, String>> change) {
    client
        .configMaps()
        .inNamespace(namespace)
        .withName(NodeReportText.CONFIG_MAP)
        .patch(MERGE, JSON.writeValueAsString(change));
  }

  /** Another thread of the operator may have been first. */
  private void create() {
    try {
      client
          .configMaps()
          .inNamespace(namespace)
          .resource(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withName(NodeReportText.CONFIG_MAP)
                  .addToLabels("app.kubernetes.io/managed-by", "gatehouse")
                  .endMetadata()
                  .build())
          .create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }
}
