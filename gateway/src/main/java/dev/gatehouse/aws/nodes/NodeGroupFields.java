package dev.gatehouse.aws.nodes;

import dev.gatehouse.cluster.Pool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eks.model.CapacityTypes;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.Taint;
import software.amazon.awssdk.services.eks.model.TaintEffect;

/**
 * What a node group says, in the keys of the definition: the same for what is wanted and for what
 * is there, so that both can be compared. What the definition leaves open is not compared.
 *
 * @param fixed what EKS cannot change: the machines have to be made anew
 * @param open what EKS can change
 */
record NodeGroupFields(Map<String, String> fixed, Map<String, String> open) {
  /** Of the tag by which a group of ours says what disk its launch template has. */
  static final String DISK = "gatehouse.dev/disk";

  private static final String TYPES = "instanceTypes";

  static NodeGroupFields wanted(Pool pool) {
    var fixed = new LinkedHashMap<String, String>();
    fixed.put(TYPES, String.join(", ", pool.instanceTypes()));
    fixed.put("spot", String.valueOf(pool.spot()));
    if (!pool.zones().isEmpty()) {
      fixed.put("zones", pool.zones().stream().sorted().collect(Collectors.joining(", ")));
    }
    pool.disk().ifPresent(disk -> fixed.put("disk", disk.text()));
    pool.image().ifPresent(image -> fixed.put("image", image));
    var open = new LinkedHashMap<String, String>();
    open.put("labels", new TreeMap<>(labels(pool)).toString());
    open.put("taints", text(taints(pool)));
    return new NodeGroupFields(fixed, open);
  }

  /**
   * What is there of these.
   *
   * @param subnets which know their zones
   */
  static NodeGroupFields of(Nodegroup group, NodeGroupFields wanted, ClusterSubnets subnets) {
    var fixed = new LinkedHashMap<String, String>();
    for (var field : wanted.fixed().keySet()) {
      fixed.put(
          field,
          switch (field) {
            case TYPES -> String.join(", ", group.instanceTypes());
            case "spot" -> String.valueOf(group.capacityType() == CapacityTypes.SPOT);
            case "zones" -> String.join(", ", subnets.zones(group.subnets()));
            case "disk" -> disk(group);
            default -> Optional.ofNullable(group.amiTypeAsString()).orElse("");
          });
    }
    var open = new LinkedHashMap<String, String>();
    open.put("labels", new TreeMap<>(group.labels()).toString());
    open.put("taints", text(group.taints()));
    return new NodeGroupFields(fixed, open);
  }

  static Map<String, String> labels(Pool pool) {
    var labels = new TreeMap<>(pool.labels());
    labels.put(Pool.LABEL, pool.name().value());
    return labels;
  }

  static List<Taint> taints(Pool pool) {
    return pool.taints().stream()
        .map(
            t ->
                Taint.builder()
                    .key(t.key())
                    .value(t.value())
                    .effect(TaintEffect.valueOf(t.effect().name()))
                    .build())
        .toList();
  }

  /** A group with a launch template does not tell its disk. */
  private static String disk(Nodegroup group) {
    return group.tags().containsKey(DISK) || group.diskSize() == null
        ? group.tags().getOrDefault(DISK, "")
        : group.diskSize() + "Gi";
  }

  private static String text(List<Taint> taints) {
    return taints.stream()
        .map(
            t ->
                "%s=%s:%s"
                    .formatted(t.key(), t.value() == null ? "" : t.value(), t.effectAsString()))
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
