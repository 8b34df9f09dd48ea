package dev.gatehouse.cluster;

import dev.gatehouse.name.PoolName;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * What a workspace runs on, in Kubernetes' terms. Local workspaces have the machine that they are
 * on.
 *
 * @param image a container image
 * @param cpu requested cores
 * @param cpuLimit without it as many as the node has free
 * @param memory requested and limited
 * @param gpuResource the name of the extended resource of GPUs
 * @param pool the only pool that it runs in; any node that fits, if empty
 * @param nodeSelector labels that a node must have, those that follow from the pool included
 * @param tolerations of taints, those of the pool included
 * @param toolbox where the workspace's sshd comes from
 * @param root whether sudo and the like may make somebody root in it, in a user namespace of its
 *     own (Kubernetes 1.30, {@code hostUsers: false})
 */
public record Hardware(
    String image,
    CpuQuantity cpu,
    Optional<CpuQuantity> cpuLimit,
    ByteQuantity memory,
    int gpus,
    String gpuResource,
    Optional<PoolName> pool,
    NavigableMap<String, String> nodeSelector,
    List<Toleration> tolerations,
    Optional<String> priorityClass,
    List<Volume> volumes,
    Toolbox toolbox,
    boolean root) {

  /** Where the workspace's sshd, and what it needs, comes from. */
  public enum Toolbox {
    /** Any image will do: a container copies it into the pod before the workspace begins. */
    ADDED,

    /** The image holds it, and the workspace begins at once. */
    INCLUDED
  }

  /** What a machine type has that says nothing. */
  public static final Hardware DEFAULT =
      new Hardware(
          "debian:12",
          new CpuQuantity("1"),
          Optional.empty(),
          new ByteQuantity("2Gi"),
          0,
          "nvidia.com/gpu",
          Optional.empty(),
          Collections.emptyNavigableMap(),
          List.of(),
          Optional.empty(),
          List.of(),
          Toolbox.ADDED,
          false);

  Hardware placed(NavigableMap<String, String> nodeSelector, List<Toleration> tolerations) {
    return new Hardware(
        image,
        cpu,
        cpuLimit,
        memory,
        gpus,
        gpuResource,
        pool,
        nodeSelector,
        tolerations,
        priorityClass,
        volumes,
        toolbox,
        root);
  }

  /** Lets a workspace onto tainted nodes: the value {@code *} stands for any. */
  public record Toleration(String key, String value) {
    public static final String ANY = "*";
  }

  /**
   * A folder beside the home: a claim that exists, such as one on EFS or S3, or scratch space that
   * goes with the pod.
   *
   * @param scratch its size, for a volume without a claim
   */
  public record Volume(
      String name,
      Optional<String> claim,
      Optional<ByteQuantity> scratch,
      String path,
      boolean readOnly) {}
}
