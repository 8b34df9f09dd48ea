package dev.gatehouse.platform.pools;

import dev.gatehouse.cluster.Pool;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.ObjectKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A pool as Karpenter's NodePool of version v1.
 *
 * @param nodeClass the name of what its nodes boot
 */
record NodePools(Provisioner provisioner, Pool pool, String nodeClass) {
  static final String INSTANCE_TYPE = "node.kubernetes.io/instance-type";
  static final String CAPACITY_TYPE = "karpenter.sh/capacity-type";
  static final String ZONE = "topology.kubernetes.io/zone";
  static final Map<String, Object> OURS = Map.of("app.kubernetes.io/managed-by", "gatehouse");

  private static final long MIB = 1L << 20;
  private static final int CORE = 1000;

  /** Long enough for somebody who comes back from a break. */
  private static final String EMPTY_FOR = "10m";

  /** Not the pool's own name: the cluster may have NodePools of others, such as {@code default}. */
  static String nameOf(PoolName name) {
    return "gatehouse-" + name;
  }

  static ObjectKey key(PoolName name) {
    return Provisioner.nodePool(nameOf(name));
  }

  static boolean isOurs(KubernetesObject object) {
    return object.labels().entrySet().containsAll(OURS.entrySet());
  }

  KubernetesObject object() {
    var key = key(pool.name());
    return new KubernetesObject(
        key,
        Map.of(
            "apiVersion", key.apiVersion(),
            "kind", key.kind(),
            "metadata", Map.of("name", key.name(), "labels", OURS),
            "spec", spec()));
  }

  private Map<String, Object> spec() {
    var spec = new LinkedHashMap<String, Object>();
    pool.nodes().ifPresent(nodes -> spec.put("replicas", nodes));
    pool.max().ifPresent(max -> spec.put("limits", Map.of("nodes", String.valueOf(max))));
    // Only an empty node goes: moving a workspace to a fuller one would end people's work.
    spec.put(
        "disruption", Map.of("consolidationPolicy", "WhenEmpty", "consolidateAfter", EMPTY_FOR));
    spec.put("template", Map.of("metadata", Map.of("labels", labels()), "spec", template()));
    return spec;
  }

  private Map<String, Object> labels() {
    var labels = new TreeMap<String, Object>(pool.labels());
    labels.put(Pool.LABEL, pool.name().value());
    return labels;
  }

  private Map<String, Object> template() {
    var template = new LinkedHashMap<String, Object>();
    template.put(
        "nodeClassRef",
        Map.of(
            "group", provisioner.classGroup(), "kind", provisioner.classKind(), "name", nodeClass));
    template.put("requirements", requirements());
    if (!pool.taints().isEmpty()) {
      template.put("taints", pool.taints().stream().map(NodePools::taint).toList());
    }
    return template;
  }

  private static Map<String, Object> taint(Pool.Taint taint) {
    var tree = new LinkedHashMap<String, Object>();
    tree.put("key", taint.key());
    if (!taint.value().isEmpty()) {
      tree.put("value", taint.value());
    }
    tree.put("effect", taint.effect().word());
    return tree;
  }

  private List<Object> requirements() {
    var requirements = new ArrayList<Object>();
    requirements.add(in(CAPACITY_TYPE, List.of(pool.spot() ? "spot" : "on-demand")));
    if (!pool.zones().isEmpty()) {
      requirements.add(in(ZONE, pool.zones()));
    }
    if (pool.instanceTypes().isEmpty()) {
      requirements.addAll(size());
    } else {
      requirements.add(in(INSTANCE_TYPE, pool.instanceTypes()));
    }
    return requirements;
  }

  /**
   * A pool that names no instance type has those of its size, and without one Karpenter's usual.
   */
  private List<Object> size() {
    var size = new ArrayList<Object>();
    pool.cpu()
        .filter(cpu -> cpu.millicores() % CORE == 0)
        .ifPresent(
            cpu ->
                size.add(
                    in(
                        provisioner.label("instance-cpu"),
                        List.of(String.valueOf(cpu.millicores() / CORE)))));
    pool.memory()
        .ifPresent(
            memory ->
                size.add(
                    in(
                        provisioner.label("instance-memory"),
                        List.of(String.valueOf(memory.bytes() / MIB)))));
    if (pool.gpus() > 0) {
      size.add(in(provisioner.label("instance-gpu-count"), List.of(String.valueOf(pool.gpus()))));
    }
    if (size.isEmpty()) {
      size.add(in(provisioner.label("instance-category"), List.of("c", "m", "r")));
      size.add(
          Map.of(
              "key", provisioner.label("instance-generation"),
              "operator", "Gt",
              "values", List.of("4")));
    }
    return size;
  }

  private static Map<String, Object> in(String key, List<String> values) {
    return Map.of("key", key, "operator", "In", "values", values);
  }
}
