package dev.gatehouse.cluster;

import dev.gatehouse.name.PoolName;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Nodes that are alike.
 *
 * @param min how many there are at least
 * @param max how many there are at most; empty where somebody else decides on the nodes
 * @param nodes how many there shall be, where nothing scales by itself; empty where it does, or
 *     where {@link #min} says enough
 * @param ceiling as far as {@link #max} may be raised without a person who applies; max, if empty
 * @param cpu the cores of one node; empty where nobody has said
 * @param memory of one node; empty where nobody has said
 * @param gpus of one node
 * @param gpuResource the name of the extended resource of GPUs
 * @param instanceTypes a cloud's machines, the best first
 * @param spot whether the cloud may take the nodes away, for a lower price
 * @param zones all of the cluster's, if empty
 * @param disk of one node; its engine's usual, if empty
 * @param image what a node boots: a cloud's word for a kind of image, such as {@code
 *     AL2023_x86_64_STANDARD}, or the id of one; its engine's usual, if empty
 * @param labels beside {@link #LABEL}
 */
public record Pool(
    PoolName name,
    int min,
    Optional<Integer> max,
    Optional<Integer> nodes,
    Optional<Integer> ceiling,
    Optional<CpuQuantity> cpu,
    Optional<ByteQuantity> memory,
    int gpus,
    String gpuResource,
    List<String> instanceTypes,
    boolean spot,
    List<String> zones,
    Optional<ByteQuantity> disk,
    Optional<String> image,
    NavigableMap<String, String> labels,
    List<Taint> taints) {

  /** The label of every node of a pool; its value is the pool's name. */
  public static final String LABEL = "gatehouse.dev/pool";

  /** Whether an empty node of it may run that, as far as the definition says. */
  public boolean canHold(Hardware hardware) {
    return Placement.size(hardware, this).isEmpty() && Placement.rules(hardware, this).isEmpty();
  }

  /** Keeps pods away that do not tolerate it. */
  public record Taint(String key, String value, Effect effect) {}

  /** Kubernetes' words, see its documentation of taints. */
  public enum Effect {
    NO_SCHEDULE("NoSchedule"),
    PREFER_NO_SCHEDULE("PreferNoSchedule"),
    NO_EXECUTE("NoExecute");

    private final String word;

    Effect(String word) {
      this.word = word;
    }

    /** As Kubernetes and the definition write it. */
    public String word() {
      return word;
    }
  }
}
