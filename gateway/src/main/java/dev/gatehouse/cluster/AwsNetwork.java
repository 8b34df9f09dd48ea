package dev.gatehouse.cluster;

import dev.gatehouse.net.Cidr;
import java.util.List;

/** Where the cluster's nodes and load balancers are. */
public sealed interface AwsNetwork {
  /**
   * A VPC that the platform makes.
   *
   * @param cidr its addresses, of IPv4
   * @param zones two or three availability zones; empty: the first three that the account has
   * @param natGateways by which private subnets reach the internet
   * @param privateEndpoints whether calls to AWS' services stay inside of the VPC
   */
  record NewNetwork(
      Cidr cidr, List<String> zones, NatGateways natGateways, boolean privateEndpoints)
      implements AwsNetwork {}

  /**
   * A VPC that is there.
   *
   * @param vpc its id
   * @param privateSubnets the ids of those of the nodes
   * @param publicSubnets the ids of those of load balancers that face the internet; may be empty
   */
  record ExistingNetwork(String vpc, List<String> privateSubnets, List<String> publicSubnets)
      implements AwsNetwork {}

  /** Each costs by the hour; one is also a single point of failure. */
  enum NatGateways {
    NONE("none"),
    ONE("one"),
    PER_ZONE("perZone");

    private final String word;

    NatGateways(String word) {
      this.word = word;
    }

    /** As the definition writes it. */
    public String word() {
      return word;
    }
  }
}
