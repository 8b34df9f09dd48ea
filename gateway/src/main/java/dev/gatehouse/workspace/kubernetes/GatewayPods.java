package dev.gatehouse.workspace.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The pods in which the gateways run, as the API server names them now. One that is ending is among
 * them for as long as it runs: people are connected to it.
 */
public final class GatewayPods {
  private static final Map<String, String> LABELS =
      Map.of("app.kubernetes.io/name", "gatehouse", "app.kubernetes.io/component", "gateway");

  /** The port of the container at which it answers other gateways. */
  private static final String PORT = "replicas";

  private final KubernetesClient client;
  private final String namespace;

  /**
   * @param client stays the caller's
   */
  public GatewayPods(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** One that has an address and a port for the others. */
  public record GatewayPod(String name, InetSocketAddress address) {}

  /**
   * Blocks.
   *
   * @throws dev.gatehouse.failure.FailureException if the API server does not answer
   */
  public List<GatewayPod> all() {
    try {
      return client.pods().inNamespace(namespace).withLabels(LABELS).list().getItems().stream()
          .flatMap(pod -> of(pod).stream())
          .toList();
    } catch (KubernetesClientException e) {
      throw KubernetesFailures.of(e);
    }
  }

  private static Optional<GatewayPod> of(Pod pod) {
    var status = pod.getStatus();
    if (status == null || !"Running".equals(status.getPhase()) || status.getPodIP() == null) {
      return Optional.empty();
    }
    return pod.getSpec().getContainers().stream()
        .flatMap(container -> Objects.requireNonNullElse(container.getPorts(), NONE).stream())
        .filter(port -> PORT.equals(port.getName()))
        .findFirst()
        .map(
            port ->
                new GatewayPod(
                    pod.getMetadata().getName(),
                    new InetSocketAddress(
                        InetAddress.ofLiteral(status.getPodIP()), port.getContainerPort())));
  }

  private static final List<ContainerPort> NONE = List.of();
}
