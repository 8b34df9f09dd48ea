package dev.gatehouse.platform.operator;

import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.operation.Health;
import dev.gatehouse.platform.ApplyLease;
import dev.gatehouse.platform.NodePublisher;
import dev.gatehouse.platform.Platform;
import dev.gatehouse.platform.helm.Helm;
import dev.gatehouse.platform.pools.CloudPools;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.revisions.ConfigMapDefinitionStore;
import dev.gatehouse.platform.revisions.TryAgain;
import dev.gatehouse.platform.status.StatusConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An operator that runs in this process. */
public final class RunningOperator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningOperator.class);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Health health;
  private final DefinitionStore store;
  private final Operator operator;
  private final Thread nodes;

  /**
   * @param client stays the caller's, as does Helm
   * @param namespace that it works in
   * @param identity who it is, for whoever finds that the platform is being changed
   * @param healthHost where probes ask
   */
  public RunningOperator(
      KubernetesClient client,
      Helm helm,
      String namespace,
      Path charts,
      String identity,
      String healthHost,
      int healthPort) {
    var clock = InstantSource.system();
    var live = new LiveObjects(client);
    var report = new StatusReport(new StatusConfigMap(live, namespace), clock);
    var metrics = new OperatorMetrics(report);
    var waits = new Waits();
    store = new ConfigMapDefinitionStore(client, namespace, clock);
    var author = new Author("operator", "gatehouse operate", Optional.empty());
    var platform =
        Platform.open(
            new Platform.Tools(
                client,
                helm,
                store,
                namespace,
                author,
                CloudPools.NONE,
                false,
                PATIENCE,
                clock,
                waits::pauseForRevision));
    var lease = new ApplyLease(client, namespace, identity, clock, waits::pause);
    health = Health.start(healthHost, healthPort, metrics::objection);
    health.measure(metrics::page);
    operator =
        new Operator(
            new Reconciliation(
                platform,
                helm,
                live,
                lease,
                new TryAgain(client, namespace, clock),
                report,
                charts,
                namespace),
            metrics,
            store,
            waits,
            new SecureRandom());
    operator.start();
    nodes =
        Thread.ofVirtual()
            .name("nodes")
            .start(() -> publishNodes(client, live, namespace, waits, clock));
    LOG.info(
        "[operator-ready] it works in namespace {}; probes ask on port {}",
        namespace,
        health.port());
  }

  private static void publishNodes(
      KubernetesClient client,
      LiveObjects live,
      String namespace,
      Waits waits,
      InstantSource clock) {
    try {
      while (true) {
        try {
          var pods = List.of(namespace, SetGuardRails.workspaces(live, namespace));
          new NodePublisher(client, namespace, pods, clock).round();
        } catch (FailureException e) {
          LOG.debug("the guard rails cannot be read now: {}", e.getMessage());
        }
        waits.pause(NodePublisher.PAUSE);
      }
    } catch (InterruptedException e) {
      LOG.debug("the operator stops");
    }
  }

  /** Ends after the part that is being applied. */
  @Override
  public void close() {
    operator.close();
    nodes.interrupt();
    store.close();
    health.close();
  }
}
