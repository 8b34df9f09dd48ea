package dev.gatehouse.aws.nodes;

import dev.gatehouse.aws.Aws;
import dev.gatehouse.aws.AwsFailures;
import dev.gatehouse.cluster.Pool;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.PoolName;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/** Finds the node groups of a pool: ours by their name, another's by the label of its nodes. */
record NodeGroupFinder(Aws aws, String cluster) {

  List<Nodegroup> of(PoolName pool) {
    var names = names();
    var ours = names.stream().filter(name -> NodeGroupNames.isOurs(name, pool)).toList();
    return ours.isEmpty()
        ? described(names.stream().filter(name -> !NodeGroupNames.isOurs(name)).toList()).stream()
            .filter(g -> pool.value().equals(g.labels().get(Pool.LABEL)))
            .toList()
        : described(ours);
  }

  Optional<Nodegroup> named(String name) {
    return AwsFailures.told(
        "read the node group " + name,
        () -> {
          try {
            return Optional.of(
                aws.eks()
                    .describeNodegroup(r -> r.clusterName(cluster).nodegroupName(name))
                    .nodegroup());
          } catch (ResourceNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  /** Returns the role of the cluster's other nodes: the same rights, and trusted by the cluster. */
  String nodeRole() {
    return described(names()).stream()
        .filter(g -> g.status() != NodegroupStatus.DELETING)
        .map(Nodegroup::nodeRole)
        .findFirst()
        .orElseThrow(
            () ->
                new FailureException(
                    new Failure.Unavailable(
                        "pool-node-role-missing",
                        ("cluster %s has no node group yet, from which a new one has the role of"
                                + " its nodes: make one, by cloud.aws.kubernetes or by eksctl")
                            .formatted(cluster))));
  }

  private List<String> names() {
    return AwsFailures.told(
        "list the node groups of the cluster " + cluster,
        () ->
            aws.eks().listNodegroupsPaginator(r -> r.clusterName(cluster)).nodegroups().stream()
                .toList());
  }

  private List<Nodegroup> described(List<String> names) {
    return names.stream().flatMap(name -> named(name).stream()).toList();
  }
}
