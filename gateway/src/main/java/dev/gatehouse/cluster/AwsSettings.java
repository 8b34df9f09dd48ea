package dev.gatehouse.cluster;

import java.util.List;
import java.util.Optional;

/**
 * An account of AWS. What is absent is not made by the platform: it is looked up where it is
 * needed.
 *
 * @param region such as eu-central-1
 * @param account the twelve digits of the only account whose credentials are taken; absent where
 *     any are
 * @param cluster the name of the EKS cluster, from which the names of all stacks are made
 * @param nodes who makes the nodes of the pools; absent where the platform finds that out
 * @param network absent where the cluster is there, and tells its own
 * @param kubernetes the cluster that the platform makes
 * @param fileSystem for homes and volumes that several nodes mount
 * @param buckets those that the platform makes
 * @param roles those of IAM that the platform makes
 */
public record AwsSettings(
    String region,
    Optional<String> account,
    String cluster,
    Optional<NodeEngine> nodes,
    Optional<AwsNetwork> network,
    Optional<AwsKubernetes> kubernetes,
    Optional<AwsFileSystem> fileSystem,
    List<Bucket> buckets,
    Optional<AwsRoles> roles) {

  /** Who makes the nodes of the pools. */
  public enum NodeEngine {
    NODE_GROUPS("nodeGroups"),
    SCALING_GROUPS("scalingGroups"),
    KARPENTER("karpenter"),
    AUTO_MODE("autoMode"),
    NONE("none");

    private final String word;

    NodeEngine(String word) {
      this.word = word;
    }

    /** As the definition writes it. */
    public String word() {
      return word;
    }
  }

  /** What a bucket is for. */
  public enum Bucket {
    AUDIT,
    RECORDS,
    DATA
  }
}
