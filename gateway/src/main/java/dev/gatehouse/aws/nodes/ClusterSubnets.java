package dev.gatehouse.aws.nodes;

import dev.gatehouse.aws.Aws;
import dev.gatehouse.aws.AwsFailures;
import dev.gatehouse.cluster.AwsNetwork;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * The subnets of the cluster's nodes, by zone.
 *
 * @param network where the definition names the subnets
 */
record ClusterSubnets(Aws aws, String cluster, Optional<AwsNetwork> network) {

  /**
   * Returns the subnets for nodes in these zones, in all if none is named. Where the cluster has
   * private ones, nodes are in those only.
   */
  List<String> in(Collection<String> zones) {
    var all = describe(ofCluster());
    var isPrivate = all.stream().anyMatch(s -> !s.mapPublicIpOnLaunch());
    var nodes = all.stream().filter(s -> !isPrivate || !s.mapPublicIpOnLaunch()).toList();
    var missing = new TreeSet<>(zones);
    nodes.forEach(s -> missing.remove(s.availabilityZone()));
    if (!missing.isEmpty()) {
      throw new FailureException(
          new Failure.Denied(
              "pool-zone-missing",
              "cluster %s has no subnet for nodes in %s; it has them in %s"
                  .formatted(
                      cluster, String.join(", ", missing), String.join(", ", zonesOf(nodes)))));
    }
    return nodes.stream()
        .filter(s -> zones.isEmpty() || zones.contains(s.availabilityZone()))
        .map(Subnet::subnetId)
        .sorted()
        .toList();
  }

  /** Returns the zones that these subnets are in. */
  Collection<String> zones(List<String> subnets) {
    return zonesOf(describe(subnets));
  }

  private static Collection<String> zonesOf(List<Subnet> subnets) {
    var zones = new TreeSet<String>();
    subnets.forEach(s -> zones.add(s.availabilityZone()));
    return zones;
  }

  private List<String> ofCluster() {
    return network
        .filter(AwsNetwork.ExistingNetwork.class::isInstance)
        .map(AwsNetwork.ExistingNetwork.class::cast)
        .map(AwsNetwork.ExistingNetwork::privateSubnets)
        .orElseGet(
            () ->
                AwsFailures.told(
                        "read the cluster " + cluster,
                        () -> aws.eks().describeCluster(r -> r.name(cluster)))
                    .cluster()
                    .resourcesVpcConfig()
                    .subnetIds());
  }

  private List<Subnet> describe(List<String> ids) {
    return AwsFailures.told(
        "read the subnets of the cluster " + cluster,
        () ->
            aws.ec2().describeSubnetsPaginator(r -> r.subnetIds(ids)).subnets().stream().toList());
  }
}
