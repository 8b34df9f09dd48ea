package dev.gatehouse.platform.operator;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.cost.CloudPrices;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.platform.nodes.NodeKeeper;
import dev.gatehouse.platform.nodes.NodePublisher;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.pools.CloudPools;
import dev.gatehouse.platform.pools.Patience;
import dev.gatehouse.platform.pools.PoolEngines;
import dev.gatehouse.platform.pools.PoolPublisher;
import dev.gatehouse.platform.usage.PricePublisher;
import dev.gatehouse.platform.usage.UsageRecorder;
import dev.gatehouse.scheduling.PeriodicTask;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the operator does every so often, whatever the definition says: each on its own thread. */
final class Duties implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Duties.class);

  private final KubernetesClient client;
  private final LiveObjects live;
  private final DefinitionStore store;
  private final NodeSettings settings;
  private final InstantSource clock;
  private final List<PeriodicTask> tasks;

  /**
   * Begins at once.
   *
   * @param client stays the caller's, as does the store
   * @param prices those that the cloud of a definition tells; asks nobody
   * @param ownPod the name of the operator's pod
   */
  Duties(
      KubernetesClient client,
      LiveObjects live,
      DefinitionStore store,
      CloudPools cloud,
      Function<ClusterDefinition, Optional<CloudPrices>> prices,
      String namespace,
      String ownPod,
      InstantSource clock) {
    this.client = client;
    this.live = live;
    this.store = store;
    this.settings = new NodeSettings(live, store, namespace);
    this.clock = clock;
    this.tasks =
        List.of(
            every(NodePublisher.PAUSE, "nodes", nodes()),
            every(NodeKeeper.PAUSE, "drains", drains(ownPod)),
            every(PoolPublisher.PAUSE, "pools", pools(cloud)),
            every(UsageRecorder.PAUSE, "usage", usage()),
            every(PricePublisher.PAUSE, "prices", prices(prices)));
  }

  /** A definition or guard rails that cannot be read now are told where they are made so. */
  private static PeriodicTask every(Duration pause, String name, Runnable work) {
    return PeriodicTask.every(
        () -> pause,
        name,
        () -> {
          try {
            work.run();
          } catch (FailureException | UserError e) {
            LOG.debug("no round of {} now: {}", name, e.getMessage());
          }
        });
  }

  /** A person's apply may name another namespace of workspaces. */
  private Runnable nodes() {
    var publishers = new HashMap<String, NodePublisher>();
    return () ->
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
  }

  private Runnable drains(String ownPod) {
    return new NodeKeeper(client, settings.namespace(), settings::ofDrains, ownPod, clock)::round;
  }

  private Runnable pools(CloudPools cloud) {
    // It only looks, and so waits for nothing.
    var engines = new PoolEngines(live, cloud, new Patience(Duration.ZERO, clock, Thread::sleep));
    var publisher = new PoolPublisher(live, engines, settings.namespace(), clock);
    return () -> publisher.round(definition());
  }

  private ClusterDefinition definition() {
    return ClusterDefinitionFile.parse("the definition", store.current().text());
  }

  private Runnable prices(Function<ClusterDefinition, Optional<CloudPrices>> cloud) {
    var publisher = new PricePublisher(client, settings.namespace(), clock);
    return () -> {
      var definition = definition();
      publisher.round(definition, cloud.apply(definition));
    };
  }

  private Runnable usage() {
    var recorder = new UsageRecorder(client, settings.namespace(), clock);
    return () -> recorder.round(settings.workspaces());
  }

  @Override
  public void close() {
    tasks.forEach(PeriodicTask::close);
  }
}
