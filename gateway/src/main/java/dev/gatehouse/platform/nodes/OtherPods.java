package dev.gatehouse.platform.nodes;

import dev.gatehouse.platform.nodes.NodeReading.Others;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the pods of other namespaces were promised, by node. They are read a page at a time and
 * seldom: a cluster has many thousand, and only their sums are kept.
 */
final class OtherPods {
  private static final Logger LOG = LoggerFactory.getLogger(OtherPods.class);
  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final long PAGE = 500;

  private final KubernetesClient client;
  private final List<String> ours;
  private final InstantSource clock;
  private Instant asked = Instant.EPOCH;
  private Map<String, Others> byNode = Map.of();

  /**
   * @param ours the namespaces whose pods do not count
   */
  OtherPods(KubernetesClient client, List<String> ours, InstantSource clock) {
    this.client = client;
    this.ours = ours;
    this.clock = clock;
  }

  /** None where they may not be seen. */
  synchronized Map<String, Others> byNode() {
    var now = clock.instant();
    if (!now.isBefore(asked.plus(KEPT))) {
      asked = now;
      try {
        byNode = read();
      } catch (KubernetesClientException e) {
        LOG.debug("pods of other namespaces cannot be seen", e);
        byNode = Map.of();
      }
    }
    return byNode;
  }

  private Map<String, Others> read() {
    var sums = new HashMap<String, Others>();
    var next = "";
    do {
      var page =
          client
              .pods()
              .inAnyNamespace()
              .list(
                  new ListOptionsBuilder()
                      .withLimit(PAGE)
                      .withContinue(next.isEmpty() ? null : next)
                      .build());
      page.getItems().stream()
          .filter(pod -> !ours.contains(pod.getMetadata().getNamespace()))
          .filter(ClusterNodes::takesRoom)
          .forEach(pod -> add(sums, pod));
      var more = page.getMetadata() == null ? null : page.getMetadata().getContinue();
      next = more == null ? "" : more;
    } while (!next.isEmpty());
    return Map.copyOf(sums);
  }

  private static void add(Map<String, Others> sums, Pod pod) {
    sums.merge(pod.getSpec().getNodeName(), Others.NONE.with(pod), (sum, _) -> sum.with(pod));
  }
}
