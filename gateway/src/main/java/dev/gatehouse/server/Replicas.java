package dev.gatehouse.server;

import dev.gatehouse.failure.FailureException;
import dev.gatehouse.frontdoor.replicas.Replica;
import dev.gatehouse.frontdoor.replicas.ReplicaServer;
import dev.gatehouse.workspace.kubernetes.GatewayPods;
import dev.gatehouse.workspace.kubernetes.GatewayPods.GatewayPod;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This gateway among those of its cluster. */
final class Replicas implements AutoCloseable {
  /** How often {@link #round} wants to be called. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);

  /** So many connections can come before the numbers of another gateway may. */
  private static final long BLOCK = 100_000;

  private static final int BLOCKS = 10_000;

  private final GatewayPods pods;
  private final String name;
  private @Nullable ReplicaServer server;
  private boolean closed;

  /**
   * @param name of this gateway's pod
   */
  Replicas(GatewayPods pods, String name) {
    this.pods = pods;
    this.name = name;
  }

  /** Where this gateway's numbers of connections begin: by chance, so that no two are alike. */
  static long firstNumber() {
    return BLOCK * (1 + new SecureRandom().nextInt(BLOCKS));
  }

  /** All but this one. Blocks. */
  List<Replica> others() {
    return pods.all().stream()
        .filter(pod -> !pod.name().equals(name))
        .map(pod -> new Replica(pod.name(), pod.address()))
        .toList();
  }

  /** Begins to answer the others, once this gateway's own pod is known. Blocks. */
  synchronized void round(Gateway gateway) {
    if (server != null || closed) {
      return;
    }
    try {
      var own = own();
      if (own.isPresent()) {
        server = gateway.answerOthers(own.get().address());
        LOG.info("[replica-ready] other gateways are answered at {}", own.get().address());
      }
    } catch (FailureException e) {
      LOG.debug("the API server does not name the gateways now", e);
    } catch (IOException e) {
      LOG.warn("[replica-not-ready] other gateways cannot be answered yet", e);
    }
  }

  private Optional<GatewayPod> own() {
    return pods.all().stream().filter(pod -> pod.name().equals(name)).findFirst();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (server != null) {
      server.close();
    }
  }
}
