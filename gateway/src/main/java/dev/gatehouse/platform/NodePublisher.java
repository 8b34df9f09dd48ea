package dev.gatehouse.platform;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.gatehouse.nodes.Amount;
import dev.gatehouse.nodes.NodeReport;
import dev.gatehouse.nodes.NodeReportText;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.NodeMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
  private static final JsonMapper JSON = JsonMapper.shared();

  private final KubernetesClient client;
  private final String namespace;
  private final List<String> podNamespaces;
  private final InstantSource clock;

  /**
   * @param client stays the caller's
   * @param namespace of the operator and its status
   * @param podNamespaces those whose pods it may see: of all others it counts nothing as requested
   */
  public NodePublisher(
      KubernetesClient client, String namespace, List<String> podNamespaces, InstantSource clock) {
    this.client = client;
    this.namespace = namespace;
    this.podNamespaces = List.copyOf(podNamespaces);
    this.clock = clock;
  }

  /** Looks, and publishes what it sees. A failure is logged: the next round tries again. Blocks. */
  public void round() {
    try {
      publish(look());
    } catch (KubernetesClientException e) {
      LOG.warn("[nodes-not-published] gateways are not told of the nodes: {}", e.getMessage());
    }
  }

  private NodeReport look() {
    var pods =
        podNamespaces.stream()
            .flatMap(n -> client.pods().inNamespace(n).list().getItems().stream())
            .filter(NodePublisher::takesRoom)
            .collect(groupingBy(p -> p.getSpec().getNodeName()));
    var used = used();
    return new NodeReport(
        clock.instant(),
        client.nodes().list().getItems().stream()
            .map(
                node -> {
                  var name = node.getMetadata().getName();
                  return NodeReading.of(node, pods.getOrDefault(name, List.of()), used.get(name));
                })
            .toList());
  }

  private static boolean takesRoom(Pod pod) {
    return pod.getSpec().getNodeName() != null
        && (pod.getStatus() == null || !ENDED.contains(String.valueOf(pod.getStatus().getPhase())));
  }

  /** By node; many clusters measure nothing. */
  private Map<String, Amount> used() {
    try {
      return client.top().nodes().metrics().getItems().stream()
          .collect(toMap((NodeMetrics m) -> m.getMetadata().getName(), NodeReading::used));
    } catch (KubernetesClientException e) {
      LOG.debug("nobody measures the nodes", e);
      return Map.of();
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
