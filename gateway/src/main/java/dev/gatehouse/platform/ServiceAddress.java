package dev.gatehouse.platform;

import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.Trees;
import java.util.Optional;

/** Where a Service of type LoadBalancer is reached from outside. */
public final class ServiceAddress {
  private ServiceAddress() {}

  /** The name or the address of its load balancer; empty while it has none. */
  public static Optional<String> of(KubernetesObject service) {
    return Trees.list(Trees.map(service.status().get("loadBalancer")).get("ingress")).stream()
        .map(Trees::map)
        .map(i -> Trees.text(i.containsKey("hostname") ? i.get("hostname") : i.get("ip")))
        .filter(address -> !address.isEmpty())
        .findFirst();
  }
}
