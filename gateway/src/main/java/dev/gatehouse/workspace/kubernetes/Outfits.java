package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.workspace.Outfit;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** Reads from a pod what it runs with. */
final class Outfits {
  private Outfits() {}

  static Outfit of(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .filter(c -> PodTemplate.CONTAINER.equals(c.getName()))
        .findFirst()
        .map(Outfits::of)
        .orElseThrow();
  }

  private static Outfit of(Container container) {
    var requests = Optional.ofNullable(container.getResources().getRequests()).orElse(Map.of());
    return new Outfit(
        container.getImage(), text(requests, "cpu"), text(requests, "memory"), gpus(requests));
  }

  private static String text(Map<String, Quantity> requests, String resource) {
    return Optional.ofNullable(requests.get(resource)).map(Quantity::toString).orElse("0");
  }

  /** Extended resources have a domain in their names; workspaces ask for no other of them. */
  private static int gpus(Map<String, Quantity> requests) {
    return requests.entrySet().stream()
        .filter(request -> request.getKey().contains("/"))
        .map(request -> Quantity.getAmountInBytes(request.getValue()))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .intValue();
  }
}
