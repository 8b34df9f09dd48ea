package dev.gatehouse.platform.operator;

import dev.gatehouse.aws.AwsAccounts;
import dev.gatehouse.aws.nodes.AwsPools;
import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.operation.Health;
import dev.gatehouse.platform.ApplyLease;
import dev.gatehouse.platform.Platform;
import dev.gatehouse.platform.helm.Helm;
import dev.gatehouse.platform.nodes.NodeKeeper;
import dev.gatehouse.platform.nodes.NodePublisher;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.pools.ClusterAutoscaler;
import dev.gatehouse.platform.revisions.ConfigMapDefinitionStore;
import dev.gatehouse.platform.revisions.TryAgain;
import dev.gatehouse.platform.snapshots.SnapshotCopier;
import dev.gatehouse.platform.status.StatusConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An operator that runs in this process. */
public final class RunningOperator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningOperator.class);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final AwsAccounts aws = new AwsAccounts();
  private final Health health;
  private final DefinitionStore store;
  private final Operator operator;
  private final List<Thread> nodes;

  /**
   * @param client stays the caller's, as does Helm
   * @param namespace that it works in
   * @param identity who it is, for whoever finds that the platform is being changed
   * @param ownPod the name of the pod that it runs in
   * @param healthHost where probes ask
   */
  public RunningOperator(
      KubernetesClient client,
      Helm helm,
      String namespace,
      Path charts,
      String identity,
      String ownPod,
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
                new AwsPools(
                    aws::of, new ClusterAutoscaler(live), PATIENCE, clock, waits::pauseForRevision),
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
    var settings = new NodeSettings(live, store, namespace);
    nodes =
        List.of(
            Thread.ofVirtual()
                .name("nodes")
                .start(() -> publishNodes(client, settings, waits, clock)),
            Thread.ofVirtual()
                .name("drains")
                .start(() -> keepNodes(client, settings, ownPod, waits, clock)),
            Thread.ofVirtual()
                .name("snapshots")
                .start(
                    () ->
                        copySnapshots(
                            live,
                            new CopySettings(store, settings::workspaces, aws::of, waits),
                            waits)));
    LOG.info(
        "[operator-ready] it works in namespace {}; probes ask on port {}",
        namespace,
        health.port());
  }

  private static void publishNodes(
      KubernetesClient client, NodeSettings settings, Waits waits, InstantSource clock) {
    try {
      var publishers = new HashMap<String, NodePublisher>();
      while (true) {
        try {
          publishers
              .computeIfAbsent(
                  settings.workspaces(),
                  workspaces ->
                      new NodePublisher(
                          client,
                          settings.namespace(),
                          List.of(settings.namespace(), workspaces),
                          clock))
              .round();
        } catch (FailureException e) {
          LOG.debug("the guard rails cannot be read now: {}", e.getMessage());
        }
        waits.pause(NodePublisher.PAUSE);
      }
    } catch (InterruptedException e) {
      LOG.debug("the operator stops");
    }
  }

  private static void keepNodes(
      KubernetesClient client,
      NodeSettings settings,
      String ownPod,
      Waits waits,
      InstantSource clock) {
    var keeper = new NodeKeeper(client, settings.namespace(), settings::ofDrains, ownPod, clock);
    try {
      while (true) {
        try {
          keeper.round();
        } catch (RuntimeException e) {
          LOG.error("[nodes-broken] a round failed; there will be others", e);
        }
        waits.pause(NodeKeeper.PAUSE);
      }
    } catch (InterruptedException e) {
      LOG.debug("the operator stops");
    }
  }

  private static void copySnapshots(LiveObjects live, CopySettings settings, Waits waits) {
    var copier = new SnapshotCopier(live, settings);
    try {
      while (true) {
        try {
          copier.round();
        } catch (RuntimeException e) {
          LOG.error("[snapshots-broken] a round failed; there will be others", e);
        }
        waits.pause(SnapshotCopier.PAUSE);
      }
    } catch (InterruptedException e) {
      LOG.debug("the operator stops");
    }
  }

  /** Ends after the part that is being applied. */
  @Override
  public void close() {
    operator.close();
    nodes.forEach(Thread::interrupt);
    store.close();
    aws.close();
    health.close();
  }
}
