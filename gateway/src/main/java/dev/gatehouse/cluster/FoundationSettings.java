package dev.gatehouse.cluster;

import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.net.Cidr;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * What stands around the workspaces in a cluster: how much all of them may ask for, whom they may
 * connect to, and the kinds of storage.
 *
 * @param storageClasses those that the platform makes, by name
 */
public record FoundationSettings(
    Quota quota, Network network, NavigableMap<String, StorageClass> storageClasses) {

  public static final FoundationSettings DEFAULT =
      new FoundationSettings(
          new Quota(
              200,
              new CpuQuantity("200"),
              new ByteQuantity("800Gi"),
              16,
              "nvidia.com/gpu",
              500,
              new ByteQuantity("20Ti")),
          new Network(false, List.of(), List.of(), "monitoring"),
          Collections.emptyNavigableMap());

  /**
   * The most of all workspaces together.
   *
   * @param claims how many volumes
   * @param storage of all volumes
   */
  public record Quota(
      int pods,
      CpuQuantity cpu,
      ByteQuantity memory,
      int gpus,
      String gpuResource,
      int claims,
      ByteQuantity storage) {}

  /**
   * @param ipv6 whether workspaces reach the internet by IPv6 too
   * @param privateNetworks what workspaces must not reach, beside the addresses that are private by
   *     standard
   * @param monitoringNamespace from where the gateways' metrics may be read
   */
  public record Network(
      boolean ipv6,
      List<Cidr> privateNetworks,
      List<Allowance> allow,
      String monitoringNamespace) {}

  /**
   * A network that workspaces may reach although it is private.
   *
   * @param ports of TCP; never empty
   * @param machineTypes from which it may be reached; all, if empty
   */
  public record Allowance(
      String name, Cidr cidr, SortedSet<Integer> ports, Set<MachineTypeName> machineTypes) {}

  /**
   * A kind of storage, in Kubernetes' words.
   *
   * @param parameters the driver's own
   * @param snapshotDriver of the VolumeSnapshotClass of the same name; there is none, if empty
   */
  public record StorageClass(
      String provisioner,
      NavigableMap<String, String> parameters,
      ReclaimPolicy reclaimPolicy,
      BindingMode volumeBindingMode,
      boolean allowVolumeExpansion,
      List<String> mountOptions,
      Optional<String> snapshotDriver) {}

  /** What becomes of a volume whose claim is deleted. */
  public enum ReclaimPolicy {
    DELETE("Delete"),
    RETAIN("Retain");

    private final String word;

    ReclaimPolicy(String word) {
      this.word = word;
    }

    /** As Kubernetes and the definition write it. */
    public String word() {
      return word;
    }
  }

  /** When a volume is made. */
  public enum BindingMode {
    /** In the zone of the node that is to mount it. */
    WAIT_FOR_FIRST_CONSUMER("WaitForFirstConsumer"),
    IMMEDIATE("Immediate");

    private final String word;

    BindingMode(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }
}
