package dev.gatehouse.platform.nodes;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.gatehouse.nodes.Amount;
import dev.gatehouse.nodes.Node;
import dev.gatehouse.nodes.NodeOverview;
import dev.gatehouse.nodes.NodeReport;
import dev.gatehouse.platform.nodes.NodeReading.Others;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.NodeMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes as the API server tells of them, for who may ask it. */
public final class ClusterNodes implements NodeOverview {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterNodes.class);
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private final KubernetesClient client;
  private final List<String> podNamespaces;
  private final OtherPods others;
  private final InstantSource clock;

  /**
   * @param client stays the caller's
   * @param podNamespaces those of the platform; pods of others count as far as they may be seen
   */
  public ClusterNodes(KubernetesClient client, List<String> podNamespaces, InstantSource clock) {
    this.client = client;
    this.podNamespaces = podNamespaces;
    this.others = new OtherPods(client, podNamespaces, clock);
    this.clock = clock;
  }

  /**
   * @throws KubernetesClientException if they cannot be looked at
   */
  @Override
  public Optional<NodeReport> latest() {
    return Optional.of(look());
  }

  NodeReport look() {
    var pods =
        podNamespaces.stream()
            .flatMap(n -> client.pods().inNamespace(n).list().getItems().stream())
            .filter(ClusterNodes::takesRoom)
            .collect(groupingBy(p -> p.getSpec().getNodeName()));
    var used = used();
    var events = new NodeEvents(client).all();
    return new NodeReport(
        clock.instant(),
        client.nodes().list().getItems().stream()
            .map(
                node -> {
                  var name = node.getMetadata().getName();
                  return NodeReading.of(
                      node,
                      pods.getOrDefault(name, List.of()),
                      others.byNode().getOrDefault(name, Others.NONE),
                      used.get(name),
                      events.getOrDefault(name, List.of()));
                })
            .sorted(Comparator.comparing(Node::name))
            .toList());
  }

  static boolean takesRoom(Pod pod) {
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
}
