package dev.gatehouse.platform.nodes;

import dev.gatehouse.nodes.NodeReport;
import dev.gatehouse.nodes.NodeReportText;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the gateways what the nodes of the cluster are like, since they have no right to look: into
 * the ConfigMap of the operator's status, under a key of its own.
 */
public final class NodePublisher {
  /** How often {@link #round} wants to be called. */
  public static final Duration PAUSE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(NodePublisher.class);

  private final StatusData status;
  private final ClusterNodes nodes;

  /**
   * @param client stays the caller's
   * @param namespace of the operator and its status
   * @param podNamespaces those whose pods are looked at each time; those of others now and then
   */
  public NodePublisher(
      KubernetesClient client, String namespace, List<String> podNamespaces, InstantSource clock) {
    this.status = new StatusData(client, namespace);
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
    status.merge(Map.of("binaryData", Map.of(NodeReportText.KEY, NodeReportText.of(report))));
  }
}
