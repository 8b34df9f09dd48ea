package dev.gatehouse.cluster;

import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * What a workspace runs on, in Kubernetes' terms. Local workspaces have the machine that they are
 * on.
 *
 * @param image a container image
 * @param cpu requested cores, as a quantity
 * @param cpuLimit without it as many as the node has free
 * @param memory requested and limited, as a quantity
 * @param gpuResource the name of the extended resource of GPUs
 * @param nodeSelector labels that a node must have
 * @param root whether sudo and the like may make somebody root in it, in a user namespace of its
 *     own (Kubernetes 1.30, {@code hostUsers: false})
 */
public record Hardware(
    String image,
    String cpu,
    Optional<String> cpuLimit,
    String memory,
    int gpus,
    String gpuResource,
    NavigableMap<String, String> nodeSelector,
    List<Toleration> tolerations,
    Optional<String> priorityClass,
    List<Volume> volumes,
    boolean root) {

  /** What a machine type has that says nothing. */
  public static final Hardware DEFAULT =
      new Hardware(
          "debian:12",
          "1",
          Optional.empty(),
          "2Gi",
          0,
          "nvidia.com/gpu",
          Collections.emptyNavigableMap(),
          List.of(),
          Optional.empty(),
          List.of(),
          false);

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
      Optional<String> scratch,
      String path,
      boolean readOnly) {}
}
