package dev.gatehouse.platform.nodes;

import dev.gatehouse.nodes.Amount;
import dev.gatehouse.nodes.Node;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.NodeMetrics;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Kubernetes' objects, made into values. */
final class NodeReading {
  private static final BigDecimal MILLI = BigDecimal.valueOf(1000);
  private static final String PRESSURE = "Pressure";

  private NodeReading() {}

  /**
   * @param pods of the platform
   * @param others what other pods on it were promised
   */
  static Node of(
      io.fabric8.kubernetes.api.model.Node node,
      List<Pod> pods,
      Others others,
      @Nullable Amount used,
      List<Event> events) {
    var conditions = node.getStatus().getConditions();
    return new Node(
        node.getMetadata().getName(),
        conditions.stream().anyMatch(c -> c.getType().equals("Ready") && isTrue(c)),
        Boolean.TRUE.equals(node.getSpec().getUnschedulable()),
        conditions.stream()
            .filter(c -> c.getType().endsWith(PRESSURE) && isTrue(c))
            .map(c -> c.getType().replace(PRESSURE, "").toLowerCase(Locale.ROOT))
            .toList(),
        amount(node.getStatus().getAllocatable()),
        Amount.sum(pods.stream().map(NodeReading::requested).toList()).plus(others.requested()),
        Optional.ofNullable(used),
        pods.size() + others.pods(),
        NodeFactsReading.of(node, pods, events));
  }

  /** Pods of a node that are not the platform's, all together. */
  record Others(Amount requested, int pods) {
    static final Others NONE = new Others(Amount.NONE, 0);

    Others with(Pod pod) {
      return new Others(requested.plus(NodeReading.requested(pod)), pods + 1);
    }
  }

  static Amount used(NodeMetrics metrics) {
    return amount(metrics.getUsage());
  }

  private static boolean isTrue(NodeCondition condition) {
    return condition.getStatus().equals("True");
  }

  /** As the scheduler counts: the containers together, or an init container if that asks more. */
  static Amount requested(Pod pod) {
    var spec = pod.getSpec();
    var together = Amount.sum(spec.getContainers().stream().map(NodeReading::of).toList());
    return Objects.requireNonNullElse(spec.getInitContainers(), List.<Container>of()).stream()
        .map(NodeReading::of)
        .reduce(together, Amount::max)
        .plus(amount(spec.getOverhead()));
  }

  private static Amount of(Container container) {
    return container.getResources() == null
        ? Amount.NONE
        : amount(container.getResources().getRequests());
  }

  private static Amount amount(@Nullable Map<String, Quantity> resources) {
    var all = Objects.requireNonNullElse(resources, Map.<String, Quantity>of());
    var devices = new TreeMap<String, Long>();
    all.forEach(
        (name, quantity) -> {
          if (name.contains("/")) {
            devices.put(name, quantity.getNumericalAmount().longValue());
          }
        });
    return new Amount(
        number(all.get("cpu")).multiply(MILLI).longValue(),
        number(all.get("memory")).longValue(),
        Map.copyOf(devices));
  }

  private static BigDecimal number(@Nullable Quantity quantity) {
    return quantity == null ? BigDecimal.ZERO : quantity.getNumericalAmount();
  }
}
