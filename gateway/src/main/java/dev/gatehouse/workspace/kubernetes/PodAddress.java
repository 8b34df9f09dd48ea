package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.cluster.KubernetesSettings.Reach;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a pod's sshd can be connected to from here. */
final class PodAddress implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PodAddress.class);

  /** Kubernetes mounts it into pods that may ask the API server. */
  private static final Path IN_CLUSTER =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

  private static final byte[] IDENTIFICATION = "SSH-".getBytes(StandardCharsets.US_ASCII);

  private final KubernetesClient client;
  private final boolean forward;

  private record Forwarding(String workspace, LocalPortForward way) {}

  /** By pod uid. */
  private final Map<String, Forwarding> forwards = new ConcurrentHashMap<>();

  PodAddress(KubernetesClient client, Reach reach) {
    this.client = client;
    this.forward =
        switch (reach) {
          case DIRECT -> false;
          case FORWARD -> true;
          case AUTO -> !Files.exists(IN_CLUSTER);
        };
  }

  /** May block, if a forwarding has to be made. */
  InetSocketAddress address(Pod pod) {
    return forward ? local(forwarding(pod)) : direct(pod);
  }

  /** Empty if a forwarding would have to be made. Never blocks. */
  Optional<InetSocketAddress> knownAddress(Pod pod) {
    return forward
        ? Optional.ofNullable(forwards.get(pod.getMetadata().getUid()))
            .filter(f -> f.way().isAlive())
            .map(PodAddress::local)
        : Optional.of(direct(pod));
  }

  /**
   * Whether an SSH server speaks there (RFC 4253, 4.2).
   *
   * @param patience how long this may block, twice: for the connection, and for its first word
   */
  boolean answers(Pod pod, Duration patience) {
    var address = knownAddress(pod);
    if (address.isEmpty()) {
      return false; // a new forwarding goes through the node's kubelet
    }
    try (var socket = new Socket()) {
      socket.connect(address.get(), (int) patience.toMillis());
      socket.setSoTimeout((int) patience.toMillis());
      return Arrays.equals(
          socket.getInputStream().readNBytes(IDENTIFICATION.length), IDENTIFICATION);
    } catch (IOException e) {
      LOG.debug("{} does not answer at {}", pod.getMetadata().getName(), address.get(), e);
      return false;
    }
  }

  private static InetSocketAddress direct(Pod pod) {
    return new InetSocketAddress(
        InetAddress.ofLiteral(pod.getStatus().getPodIP()), PodTemplate.PORT);
  }

  private static InetSocketAddress local(Forwarding forwarding) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), forwarding.way().getLocalPort());
  }

  private Forwarding forwarding(Pod pod) {
    return forwards.compute(
        pod.getMetadata().getUid(),
        (_, old) -> old != null && old.way().isAlive() ? old : open(pod));
  }

  private Forwarding open(Pod pod) {
    LOG.info("[port-forward] to {}", pod.getMetadata().getName());
    return new Forwarding(
        Annotations.label(pod, Annotations.WORKSPACE).orElse(""),
        client.pods().resource(pod).portForward(PodTemplate.PORT));
  }

  /**
   * Closes those to pods that have gone.
   *
   * @param there the uids of this workspace's pods
   */
  void keepOnly(String workspace, List<String> there) {
    forwards
        .entrySet()
        .removeIf(
            entry -> {
              var gone =
                  entry.getValue().workspace().equals(workspace) && !there.contains(entry.getKey());
              if (gone) {
                close(entry.getValue());
              }
              return gone;
            });
  }

  @Override
  public void close() {
    forwards.values().forEach(PodAddress::close);
    forwards.clear();
  }

  private static void close(Forwarding forwarding) {
    try {
      forwarding.way().close();
    } catch (IOException e) {
      LOG.debug("a forwarding did not close cleanly", e);
    }
  }
}
