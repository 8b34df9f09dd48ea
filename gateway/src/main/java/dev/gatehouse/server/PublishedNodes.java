package dev.gatehouse.server;

import dev.gatehouse.nodes.NodeOverview;
import dev.gatehouse.nodes.NodeReport;
import dev.gatehouse.nodes.NodeReportText;
import dev.gatehouse.nodes.PoolReport;
import dev.gatehouse.nodes.PoolReportText;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the operator has published of nodes and pools, which this gateway has no right to look at.
 */
final class PublishedNodes implements NodeOverview {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedNodes.class);

  /** It is written every ten seconds; several views may be open at a time. */
  private static final Duration KEPT = Duration.ofSeconds(3);

  private final KubernetesClient client;
  private final String namespace;
  private final InstantSource clock;
  private Instant asked = Instant.EPOCH;
  private Map<String, String> told = Map.of();

  /**
   * @param namespace of the gateways and the operator
   */
  PublishedNodes(KubernetesClient client, String namespace, InstantSource clock) {
    this.client = client;
    this.namespace = namespace;
    this.clock = clock;
  }

  @Override
  public Optional<NodeReport> latest() {
    return told(NodeReportText.KEY).flatMap(NodeReportText::read);
  }

  @Override
  public Optional<PoolReport> pools() {
    return told(PoolReportText.KEY).flatMap(PoolReportText::read);
  }

  private synchronized Optional<String> told(String key) {
    var now = clock.instant();
    if (now.isAfter(asked.plus(KEPT))) {
      told = read();
      asked = now;
    }
    return Optional.ofNullable(told.get(key));
  }

  private Map<String, String> read() {
    try {
      var map =
          client.configMaps().inNamespace(namespace).withName(NodeReportText.CONFIG_MAP).get();
      return map == null ? Map.of() : all(map);
    } catch (KubernetesClientException e) {
      LOG.debug("what is known of the nodes cannot be read", e);
      return Map.of();
    }
  }

  /** A key is in one of the two only. */
  private static Map<String, String> all(ConfigMap map) {
    var all = new HashMap<String, String>();
    Stream.of(map.getData(), map.getBinaryData()).filter(Objects::nonNull).forEach(all::putAll);
    return all;
  }
}
