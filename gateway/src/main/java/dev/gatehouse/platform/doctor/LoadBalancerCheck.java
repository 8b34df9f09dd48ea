package dev.gatehouse.platform.doctor;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.doctor.Finding;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Whether people can reach the gateway, and both ends agree on the PROXY protocol. */
final class LoadBalancerCheck extends Looking {
  private static final String NAME = "gatehouse";
  private static final String AWS = "service.beta.kubernetes.io/aws-load-balancer-";

  private final KubernetesClient client;
  private final String namespace;
  private final Supplier<ClusterDefinition> definition;

  LoadBalancerCheck(
      KubernetesClient client, String namespace, Supplier<ClusterDefinition> definition) {
    this.client = client;
    this.namespace = namespace;
    this.definition = definition;
  }

  @Override
  public String subject() {
    return "The way in";
  }

  @Override
  List<Finding> look() {
    var service = client.services().inNamespace(namespace).withName(NAME).get();
    if (service == null) {
      return List.of(
          Finding.problem(
              "there is no Service %s in %s".formatted(NAME, namespace),
              "apply the platform ('gatehouse apply')"));
    }
    return List.of(address(service), proxyProtocol(service));
  }

  private static Finding address(Service service) {
    if (!"LoadBalancer".equals(service.getSpec().getType())) {
      return Finding.ok(
          "the gateway is reached by a Service of type " + service.getSpec().getType());
    }
    var addresses = new ArrayList<String>();
    var balancer = service.getStatus() == null ? null : service.getStatus().getLoadBalancer();
    if (balancer != null && balancer.getIngress() != null) {
      balancer
          .getIngress()
          .forEach(i -> addresses.add(Objects.requireNonNullElse(i.getHostname(), i.getIp())));
    }
    return addresses.isEmpty()
        ? Finding.problem(
            "the load balancer has no address",
            "'kubectl describe service -n %s %s' says why; without a controller for load balancers"
                    .formatted(service.getMetadata().getNamespace(), NAME)
                + " take gateway.service.type NodePort")
        : Finding.ok("the load balancer has the address " + String.join(", ", addresses));
  }

  /** One end that sends a header which the other does not expect: nobody gets in. */
  private Finding proxyProtocol(Service service) {
    var sends = sendsProxyProtocol(service);
    var expected = !definition.get().gateway().proxyProtocolFrom().isEmpty();
    if (sends == expected) {
      return Finding.ok(
          sends
              ? "the load balancer sends the PROXY protocol, as the gateway expects"
              : "the PROXY protocol is neither sent nor expected");
    }
    return sends
        ? Finding.problem(
            "the load balancer sends the PROXY protocol, and the gateway does not expect it",
            "set gateway.proxyProtocolFrom to the load balancer's networks")
        : Finding.warning(
            "the gateway expects the PROXY protocol, and the Service asks no load balancer for it",
            "if no other load balancer stands before it, take gateway.proxyProtocolFrom away:"
                + " connections from those networks are refused");
  }

  private static boolean sendsProxyProtocol(Service service) {
    var annotations =
        Objects.requireNonNullElse(
            service.getMetadata().getAnnotations(), Map.<String, String>of());
    return "*".equals(annotations.get(AWS + "proxy-protocol"))
        || annotations
            .getOrDefault(AWS + "target-group-attributes", "")
            .contains("proxy_protocol_v2.enabled=true");
  }
}
