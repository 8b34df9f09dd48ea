package dev.gatehouse.cluster;

import dev.gatehouse.cluster.GatewayDeployment.LoadBalancer;
import dev.gatehouse.cluster.GatewayDeployment.Scheme;
import dev.gatehouse.cluster.GatewayDeployment.Service;
import dev.gatehouse.net.Cidr;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The keys of the section {@code gateway} that say how it is deployed.
 *
 * @param gateway the section
 */
record GatewayDeploymentReader(Section gateway) {
  private static final int MAX_ANNOTATION = 1000;

  GatewayDeployment read() {
    var usual = GatewayDeployment.DEFAULT;
    return new GatewayDeployment(
        gateway.get("replicas", Amounts.integer(1, 20), usual.replicas()),
        gateway.get("cpu", Quantities::cpu, usual.cpu()),
        gateway.get("memory", Quantities::bytes, usual.memory()),
        service(gateway.section("service"), usual.service()));
  }

  private Service service(Section section, Service usual) {
    var service =
        new Service(
            section.get(
                "type",
                Values.word(GatewayDeployment.Type.values(), GatewayDeployment.Type::word),
                usual.type()),
            section.get("port", Amounts.integer(1, 65535), usual.port()),
            section.get("nodePort", Amounts.integer(30000, 32767)),
            section.get(
                "loadBalancer",
                Values.word(LoadBalancer.values(), LoadBalancer::word),
                usual.loadBalancer()),
            section.get("scheme", Values.word(Scheme.values(), Scheme::word), usual.scheme()),
            section.list("sourceRanges", Values.name(Cidr::parse)).orElse(usual.sourceRanges()),
            annotations(section.section("annotations")));
    check(service, section);
    section.refuseUnknownKeys();
    return service;
  }

  private void check(Service service, Section section) {
    if (service.type() == GatewayDeployment.Type.CLUSTER_IP) {
      section.refuse("nodePort", "is for the types LoadBalancer and NodePort");
    }
    if (service.type() != GatewayDeployment.Type.LOAD_BALANCER) {
      for (var key : List.of("loadBalancer", "scheme", "sourceRanges")) {
        section.refuse(key, "is for the type LoadBalancer");
      }
    } else if (service.loadBalancer() == LoadBalancer.NONE) {
      section.refuse("scheme", "is for loadBalancer: aws");
    } else if (gateway.place("proxyProtocolFrom").isEmpty()) {
      // With the one and not the other nobody gets in.
      section.refuse(
          "loadBalancer",
          "is aws, which speaks the PROXY protocol; list the networks of its subnets in"
              + " gateway.proxyProtocolFrom");
    }
  }

  private static NavigableMap<String, String> annotations(Section section) {
    var annotations = new TreeMap<String, String>();
    for (var key : section.keys()) {
      section
          .key(key, Quantities::annotationKey)
          .flatMap(k -> section.get(k, Values.lineAsWritten(MAX_ANNOTATION)))
          .ifPresent(value -> annotations.put(key, value));
    }
    return Collections.unmodifiableNavigableMap(annotations);
  }
}
