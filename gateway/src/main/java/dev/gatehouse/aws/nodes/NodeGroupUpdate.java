package dev.gatehouse.aws.nodes;

import dev.gatehouse.cluster.Pool;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.NodegroupScalingConfig;
import software.amazon.awssdk.services.eks.model.Taint;
import software.amazon.awssdk.services.eks.model.UpdateLabelsPayload;
import software.amazon.awssdk.services.eks.model.UpdateNodegroupConfigRequest;
import software.amazon.awssdk.services.eks.model.UpdateTaintsPayload;

/** The one request that changes of a node group what EKS can change, and only that. */
final class NodeGroupUpdate {
  private NodeGroupUpdate() {}

  static boolean isNeeded(Pool pool, Nodegroup group, PoolSize size) {
    var request = of("", pool, group, size);
    return request.scalingConfig() != null || request.labels() != null || request.taints() != null;
  }

  static UpdateNodegroupConfigRequest of(
      String cluster, Pool pool, Nodegroup group, PoolSize size) {
    var request =
        UpdateNodegroupConfigRequest.builder()
            .clusterName(cluster)
            .nodegroupName(group.nodegroupName());
    scaling(group, size, request);
    labels(NodeGroupFields.labels(pool), group.labels(), request);
    taints(pool, group, request);
    return request.build();
  }

  /** Whoever else decides on the number of nodes may do so now: it is said only if it changes. */
  private static void scaling(
      Nodegroup group, PoolSize size, UpdateNodegroupConfigRequest.Builder request) {
    var now = group.scalingConfig();
    var scaling = NodegroupScalingConfig.builder().minSize(size.min()).maxSize(size.max());
    if (now.desiredSize() != size.desired()) {
      request.scalingConfig(scaling.desiredSize(size.desired()).build());
    } else if (now.minSize() != size.min() || now.maxSize() != size.max()) {
      request.scalingConfig(scaling.build());
    }
  }

  private static void labels(
      Map<String, String> wanted,
      Map<String, String> there,
      UpdateNodegroupConfigRequest.Builder request) {
    var added = new HashMap<>(wanted);
    added.entrySet().removeAll(there.entrySet());
    var removed = there.keySet().stream().filter(key -> !wanted.containsKey(key)).toList();
    if (!added.isEmpty() || !removed.isEmpty()) {
      request.labels(
          UpdateLabelsPayload.builder().addOrUpdateLabels(added).removeLabels(removed).build());
    }
  }

  /** EKS knows a taint by its key and effect. */
  private static void taints(
      Pool pool, Nodegroup group, UpdateNodegroupConfigRequest.Builder request) {
    var wanted = NodeGroupFields.taints(pool);
    var added = wanted.stream().filter(t -> !contains(group.taints(), t, true)).toList();
    var removed = group.taints().stream().filter(t -> !contains(wanted, t, false)).toList();
    if (!added.isEmpty() || !removed.isEmpty()) {
      request.taints(
          UpdateTaintsPayload.builder().addOrUpdateTaints(added).removeTaints(removed).build());
    }
  }

  private static boolean contains(java.util.List<Taint> taints, Taint taint, boolean withValue) {
    return taints.stream()
        .anyMatch(
            t ->
                t.key().equals(taint.key())
                    && t.effect() == taint.effect()
                    && (!withValue || value(t).equals(value(taint))));
  }

  private static String value(Taint taint) {
    return taint.value() == null ? "" : taint.value();
  }
}
