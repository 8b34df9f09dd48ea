package dev.gatehouse.platform;

import dev.gatehouse.nodes.NodeReport;
import dev.gatehouse.nodes.NodeReportText;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the gateways what the nodes of the cluster are like, since they have no right to look: into
 * the ConfigMap of the operator's status, under a key of its own.
 */
public final class NodePublisher {
  /** How often {@link #round} wants to be called. */
  public static final Duration PAUSE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(NodePublisher.class);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final KubernetesClient client;
  private final String namespace;
  private final ClusterNodes nodes;

  /**
   * @param client stays the caller's
   * @param namespace of the operator and its status
   * @param podNamespaces those whose pods it may see: of all others it counts nothing as requested
   */
  public NodePublisher(
      KubernetesClient client, String namespace, List<String> podNamespaces, InstantSource clock) {
    this.client = client;
    this.namespace = namespace;
    this.nodes = new ClusterNodes(client, podNamespaces, clock);
  }

  /** Looks, and publishes what it sees. A failure is logged: the next round tries again. Blocks. */
  public void round() {
    try {
      publish(nodes.look());
    } catch (KubernetesClientException e) {
      LOG.warn("[nodes-not-published] gateways are not told of the nodes: {}", e.getMessage());
    }
  }

  private void publish(NodeReport report) {
    var data = Map.of(NodeReportText.KEY, NodeReportText.of(report));
    var map = client.configMaps().inNamespace(namespace).withName(NodeReportText.CONFIG_MAP);
    try {
      map.patch(MERGE, JSON.writeValueAsString(Map.of("data", data)));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
      client
          .configMaps()
          .inNamespace(namespace)
          .resource(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withName(NodeReportText.CONFIG_MAP)
                  .endMetadata()
                  .withData(data)
                  .build())
          .create();
    }
  }
}
