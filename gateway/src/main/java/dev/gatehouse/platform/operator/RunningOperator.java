package dev.gatehouse.platform.operator;

import dev.gatehouse.aws.AwsAccounts;
import dev.gatehouse.aws.nodes.AwsPools;
import dev.gatehouse.aws.prices.AwsPrices;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.operation.Health;
import dev.gatehouse.platform.ApplyLease;
import dev.gatehouse.platform.Platform;
import dev.gatehouse.platform.helm.Helm;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.pools.ClusterAutoscaler;
import dev.gatehouse.platform.revisions.ConfigMapDefinitionStore;
import dev.gatehouse.platform.revisions.TryAgain;
import dev.gatehouse.platform.status.StatusConfigMap;
import dev.gatehouse.platform.usage.PricePublisher;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
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
  private final Duties duties;

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
    var pools =
        new AwsPools(
            aws::of, new ClusterAutoscaler(live), PATIENCE, clock, waits::pauseForRevision);
    var platform =
        Platform.open(
            new Platform.Tools(
                client,
                helm,
                store,
                namespace,
                author,
                pools,
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
    var prices =
        new PricePublisher(
            client,
            namespace,
            definition -> definition.cloud().aws().map(a -> new AwsPrices(aws.of(a), clock)),
            clock);
    duties = new Duties(client, live, store, pools, prices, namespace, ownPod, clock);
    LOG.info(
        "[operator-ready] it works in namespace {}; probes ask on port {}",
        namespace,
        health.port());
  }

  /** Ends after the part that is being applied. */
  @Override
  public void close() {
    operator.close();
    duties.close();
    store.close();
    aws.close();
    health.close();
  }
}
