package dev.gatehouse.platform.doctor;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.doctor.Check;
import dev.gatehouse.nodes.NodeOverview;
import dev.gatehouse.nodes.PoolReport;
import dev.gatehouse.platform.nodes.ClusterNodes;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.pools.CloudPools;
import dev.gatehouse.platform.pools.Patience;
import dev.gatehouse.platform.pools.PoolEngines;
import dev.gatehouse.platform.pools.PoolPublisher;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The checks of a cluster, in the order in which they are shown.
 *
 * @param client whose rights decide what can be seen; it stays the caller's
 * @param namespace of gateways
 */
public record ClusterChecks(
    KubernetesClient client,
    Supplier<ClusterDefinition> definition,
    String namespace,
    InstantSource clock) {
  private static final String ACCOUNT = "system:serviceaccount:%s:gatehouse";

  /** What a gateway may look at itself. */
  public List<Check> ofGateway(NodeOverview nodes) {
    return List.of(
        new VersionCheck(client, definition),
        new ClockCheck(client, clock),
        rights(Optional.empty()),
        new NodesCheck(nodes, definition),
        new PoolsCheck(nodes::pools, definition, clock),
        new ImagesCheck(client, namespaces()),
        new DnsCheck(definition, true),
        new BeyondCheck());
  }

  /**
   * What a person's credentials show.
   *
   * @param probe whether two pods may be made for a moment, to try the network
   * @param cloud makes the nodes of pools, where a cloud does
   */
  public List<Check> ofPerson(boolean probe, CloudPools cloud) {
    var checks =
        new ArrayList<>(
            List.of(
                new VersionCheck(client, definition),
                new ClockCheck(client, clock),
                new NodesCheck(new ClusterNodes(client, namespaces(), clock), definition),
                new PoolsCheck(() -> pools(cloud), definition, clock),
                rights(Optional.of(ACCOUNT.formatted(namespace))),
                new AdmissionCheck(client, definition),
                new PriorityCheck(client, definition),
                new QuotaCheck(client, namespaces()),
                new StorageCheck(client, definition),
                new ImagesCheck(client, namespaces()),
                new LoadBalancerCheck(client, namespace, definition),
                new IsolationCheck(client, namespaces(), probe),
                new CertificatesCheck(client, namespace, clock),
                new DnsCheck(definition, false)));
    if (probe) {
      checks.add(new NetworkProbe(client, definition));
    }
    return List.copyOf(checks);
  }

  /** By the person's own credentials. */
  private Optional<PoolReport> pools(CloudPools cloud) {
    var live = new LiveObjects(client);
    var engines = new PoolEngines(live, cloud, new Patience(Duration.ZERO, clock, Thread::sleep));
    return Optional.of(new PoolPublisher(live, engines, namespace, clock).look(definition.get()));
  }

  private RightsCheck rights(Optional<String> account) {
    return new RightsCheck(client, definition.get().kubernetes().namespace(), namespace, account);
  }

  private List<String> namespaces() {
    return List.of(definition.get().kubernetes().namespace(), namespace);
  }
}
