package dev.gatehouse.server;

import dev.gatehouse.cluster.ClusterDefinition;
import java.util.Set;

/** Where a gateway in a pod listens. */
final class ListeningAddress {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");
  private static final String EVERYWHERE = "0.0.0.0";

  private ListeningAddress() {}

  /**
   * Returns the definition with an address that others reach. Nothing else runs in the gateway's
   * pod, so nobody would reach a loopback address, which is what {@code gateway.host} is where the
   * definition does not say it.
   */
  static ClusterDefinition ofPod(ClusterDefinition definition) {
    var gateway = definition.gateway();
    return LOOPBACK.contains(gateway.host())
        ? definition.withGateway(gateway.withHost(EVERYWHERE))
        : definition;
  }
}
