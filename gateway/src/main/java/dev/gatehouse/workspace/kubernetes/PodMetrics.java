package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.workspace.Usage;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the metrics API says of a pod; many clusters have none. */
final class PodMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(PodMetrics.class);
  private static final BigDecimal MILLI = BigDecimal.valueOf(1000);

  private PodMetrics() {}

  static Optional<Usage> of(KubernetesClient client, String namespace, String pod) {
    try {
      var metrics = client.top().pods().metrics(namespace, pod);
      var millicores = 0L;
      var memory = 0L;
      for (var container : metrics.getContainers()) {
        millicores += amount(container.getUsage(), "cpu").multiply(MILLI).longValue();
        memory += amount(container.getUsage(), "memory").longValue();
      }
      return Optional.of(new Usage(millicores, memory));
    } catch (KubernetesClientException e) {
      LOG.debug("no metrics of {}", pod, e);
      return Optional.empty();
    }
  }

  private static BigDecimal amount(Map<String, Quantity> usage, String resource) {
    return Optional.ofNullable(usage.get(resource))
        .map(Quantity::getAmountInBytes)
        .orElse(BigDecimal.ZERO);
  }
}
