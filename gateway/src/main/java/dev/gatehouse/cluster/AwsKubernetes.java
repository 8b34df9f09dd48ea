package dev.gatehouse.cluster;

import dev.gatehouse.net.Cidr;
import java.util.List;
import java.util.Optional;

/**
 * An EKS cluster that the platform makes.
 *
 * @param version such as 1.35; absent: that of the cluster, or for a new one the newest in standard
 *     support
 * @param autoMode whether AWS looks after nodes, block storage and load balancers
 * @param extendedSupport whether the cluster stays on a version whose standard support is over, at
 *     a higher price; if not, AWS upgrades it then
 * @param publicAccessFrom the networks from where the API server is reached over the internet;
 *     empty: from inside of the VPC only
 * @param administrators the ARNs of roles and users of IAM, beside the one that makes the cluster
 * @param system the nodes of the platform itself; Auto Mode makes its own
 */
public record AwsKubernetes(
    Optional<String> version,
    boolean autoMode,
    boolean extendedSupport,
    List<Cidr> publicAccessFrom,
    List<String> administrators,
    SystemNodes system) {

  /**
   * The first node group.
   *
   * @param instanceTypes the best first
   * @param disk of one node
   * @param image a type of AMI, as EKS names it
   */
  public record SystemNodes(
      List<String> instanceTypes, int min, int max, ByteQuantity disk, String image) {}
}
