package dev.gatehouse.cluster;

import dev.gatehouse.net.Cidr;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * How many gateways run in a cluster, on what, and how people reach them.
 *
 * @param replicas each on another node where that can be
 * @param cpu requested cores of each
 * @param memory requested and limited, of each
 */
public record GatewayDeployment(
    int replicas, CpuQuantity cpu, ByteQuantity memory, Service service) {

  public static final GatewayDeployment DEFAULT =
      new GatewayDeployment(2, new CpuQuantity("150m"), new ByteQuantity("768Mi"), Service.DEFAULT);

  /**
   * The Service in front of the gateways.
   *
   * @param port the one that people connect to
   * @param nodePort the port of every node, for a type that has one; Kubernetes chooses, if empty
   * @param sourceRanges networks that may connect; all, if empty
   * @param annotations beside those that follow from the load balancer, before which they go
   */
  public record Service(
      Type type,
      int port,
      Optional<Integer> nodePort,
      LoadBalancer loadBalancer,
      Scheme scheme,
      List<Cidr> sourceRanges,
      NavigableMap<String, String> annotations) {

    static final Service DEFAULT =
        new Service(
            Type.LOAD_BALANCER,
            22,
            Optional.empty(),
            LoadBalancer.NONE,
            Scheme.INTERNET_FACING,
            List.of(),
            Collections.emptyNavigableMap());
  }

  /** The type of a Service, in Kubernetes' words. */
  public enum Type {
    LOAD_BALANCER("LoadBalancer"),
    NODE_PORT("NodePort"),
    CLUSTER_IP("ClusterIP");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    /** As Kubernetes and the definition write it. */
    public String word() {
      return word;
    }
  }

  /** What a load balancer must be told. */
  public enum LoadBalancer {
    /** Nothing: the cluster's own is made as usual. */
    NONE("none"),
    /** AWS' network load balancer, with the PROXY protocol. */
    AWS("aws");

    private final String word;

    LoadBalancer(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /** From where AWS' load balancer is reached. It cannot be changed later. */
  public enum Scheme {
    INTERNET_FACING("internet-facing"),
    INTERNAL("internal");

    private final String word;

    Scheme(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }
}
