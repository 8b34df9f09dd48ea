package dev.gatehouse.platform.pools;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a NodePool and its node class say, in the keys of the definition: the same for what is
 * wanted and for what the cluster has, so that both can be compared. What the API server adds is
 * not looked at.
 */
final class NodePoolFields {
  private NodePoolFields() {}

  static Map<String, String> of(KubernetesObject nodePool) {
    var spec = nodePool.spec();
    var fields = new LinkedHashMap<String, String>();
    fields.put("max", at(spec, "limits.nodes"));
    fields.put("nodes", at(spec, "replicas"));
    fields.put("instanceTypes", values(spec, NodePools.INSTANCE_TYPE));
    fields.put("size", sizes(spec));
    fields.put("spot", String.valueOf(isSpot(spec)));
    fields.put("zones", values(spec, NodePools.ZONE));
    fields.put("labels", sorted(Trees.at(spec, "template.metadata.labels").orElse(Map.of())));
    fields.put("taints", taints(spec));
    fields.put("node class", at(spec, "template.spec.nodeClassRef.name"));
    fields.put(
        "empty nodes go",
        "%s after %s"
            .formatted(
                at(spec, "disruption.consolidationPolicy"),
                at(spec, "disruption.consolidateAfter")));
    return fields;
  }

  static Map<String, String> ofClass(KubernetesObject nodeClass) {
    var fields = new LinkedHashMap<String, String>();
    var rest = new TreeMap<>(nodeClass.spec());
    fields.put("disk", disk(rest));
    fields.put(
        "image",
        Trees.list(rest.get("amiSelectorTerms")).stream()
            .map(Trees::map)
            .flatMap(term -> term.values().stream())
            .map(Trees::text)
            .collect(joining(", ")));
    rest.keySet().removeAll(List.of("blockDeviceMappings", "ephemeralStorage", "amiSelectorTerms"));
    fields.put("the site's node class", sorted(rest));
    return fields;
  }

  static List<String> instanceTypes(KubernetesObject nodePool) {
    return valuesOf(nodePool.spec(), NodePools.INSTANCE_TYPE);
  }

  static boolean isSpot(Map<String, Object> spec) {
    return valuesOf(spec, NodePools.CAPACITY_TYPE).contains("spot");
  }

  private static String at(Map<String, Object> spec, String path) {
    return Trees.text(Trees.at(spec, path).orElse(null));
  }

  private static String disk(Map<String, Object> spec) {
    var mappings = Trees.list(spec.get("blockDeviceMappings"));
    return mappings.isEmpty()
        ? at(spec, "ephemeralStorage.size")
        : at(Trees.map(mappings.getLast()), "ebs.volumeSize");
  }

  private static String values(Map<String, Object> spec, String key) {
    return String.join(", ", valuesOf(spec, key));
  }

  private static List<String> valuesOf(Map<String, Object> spec, String key) {
    return requirements(spec).stream()
        .filter(r -> key.equals(r.get("key")))
        .flatMap(r -> Trees.list(r.get("values")).stream())
        .map(Trees::text)
        .toList();
  }

  private static String sizes(Map<String, Object> spec) {
    return requirements(spec).stream()
        .filter(r -> Trees.text(r.get("key")).contains("/instance-"))
        .filter(r -> !NodePools.INSTANCE_TYPE.equals(r.get("key")))
        .map(r -> "%s %s %s".formatted(r.get("key"), r.get("operator"), r.get("values")))
        .sorted()
        .collect(joining(", "));
  }

  private static List<Map<String, Object>> requirements(Map<String, Object> spec) {
    return Trees.list(Trees.at(spec, "template.spec.requirements").orElse(null)).stream()
        .map(Trees::map)
        .toList();
  }

  private static String taints(Map<String, Object> spec) {
    return Trees.list(Trees.at(spec, "template.spec.taints").orElse(null)).stream()
        .map(Trees::map)
        .map(t -> "%s=%s:%s".formatted(t.get("key"), Trees.text(t.get("value")), t.get("effect")))
        .collect(joining(", "));
  }

  /** Maps by their keys, at every depth: an API server keeps no order of them. */
  private static String sorted(Object tree) {
    return switch (tree) {
      case Map<?, ?> map ->
          new TreeMap<>(Trees.map(map))
              .entrySet().stream()
                  .map(e -> e.getKey() + "=" + sorted(e.getValue()))
                  .collect(joining(", ", "{", "}"));
      case List<?> list ->
          list.stream().map(NodePoolFields::sorted).collect(joining(", ", "[", "]"));
      default -> tree.toString();
    };
  }
}
