package dev.gatehouse.platform.pools;

import dev.gatehouse.cluster.Pool;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The nodes of a pool that have joined the cluster, by their label.
 *
 * @param all ready or not
 */
record PoolNodes(List<KubernetesObject> all) {
  private static final String INSTANCE_TYPE = "node.kubernetes.io/instance-type";

  static PoolNodes of(LiveObjects live, PoolName name) {
    return new PoolNodes(live.list("v1", "Node", "", "%s=%s".formatted(Pool.LABEL, name)));
  }

  int ready() {
    return (int) all.stream().filter(node -> readiness(node).isPresent()).count();
  }

  List<String> instanceTypes() {
    return all.stream()
        .map(node -> Trees.text(node.labels().get(INSTANCE_TYPE)))
        .filter(type -> !type.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }

  /** The condition that says that it is ready; empty if it is not. */
  static Optional<Map<String, Object>> readiness(KubernetesObject node) {
    return Conditions.of(node, "Ready").filter(Conditions::isTrue);
  }
}
