package dev.gatehouse.testkit.kubernetes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Kubernetes' strategic merge patch: as RFC 7386, but the items of some lists are told apart by one
 * of their fields, and directives such as {@code $patch} say what a merge cannot. The keys are the
 * {@code patchMergeKey} of {@code k8s.io/api}, as far as charts use such lists; a list that is not
 * here is replaced as a whole.
 */
final class StrategicMerge {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String PATCH = "$patch";
  private static final String RETAIN = "$retainKeys";
  private static final String ORDER = "$setElementOrder/";
  private static final String DELETE_PRIMITIVES = "$deleteFromPrimitiveList/";

  /** By the list's name. */
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("containers", "name"),
          Map.entry("initContainers", "name"),
          Map.entry("ephemeralContainers", "name"),
          Map.entry("volumes", "name"),
          Map.entry("env", "name"),
          Map.entry("volumeMounts", "mountPath"),
          Map.entry("volumeDevices", "devicePath"),
          Map.entry("imagePullSecrets", "name"),
          Map.entry("hostAliases", "ip"),
          Map.entry("topologySpreadConstraints", "topologyKey"),
          Map.entry("ownerReferences", "uid"),
          Map.entry("conditions", "type"),
          Map.entry("secrets", "name"));

  private StrategicMerge() {}

  static ObjectNode apply(ObjectNode object, JsonNode patch) {
    return merge(object.deepCopy(), patch);
  }

  private static ObjectNode merge(ObjectNode target, JsonNode patch) {
    if ("replace".equals(patch.path(PATCH).asString(""))) {
      var replaced = ((ObjectNode) patch).deepCopy();
      replaced.remove(PATCH);
      return replaced;
    }
    if (patch.has(RETAIN)) {
      var kept = new ArrayList<String>();
      patch.path(RETAIN).forEach(key -> kept.add(key.asString("")));
      target.retain(kept);
    }
    for (var field : patch.properties()) {
      mergeField(target, field.getKey(), field.getValue());
    }
    for (var field : patch.properties()) {
      if (field.getKey().startsWith(ORDER)) {
        order(target, field.getKey().substring(ORDER.length()), field.getValue());
      }
    }
    return target;
  }

  private static void mergeField(ObjectNode target, String name, JsonNode patch) {
    if (name.startsWith(DELETE_PRIMITIVES)) {
      var list = target.path(name.substring(DELETE_PRIMITIVES.length()));
      if (list instanceof ArrayNode array) {
        patch.forEach(gone -> array.removeIf(item -> item.equals(gone)));
      }
    } else if (name.startsWith("$")) {
      // Directives, which merge() and order() heed.
    } else if (patch.isNull()) {
      target.remove(name);
    } else if (patch.isObject()) {
      var inner = target.path(name) instanceof ObjectNode o ? o : JSON.createObjectNode();
      target.set(name, merge(inner, patch));
    } else if (patch.isArray()) {
      target.set(name, list(name, target.path(name), patch));
    } else {
      target.set(name, patch);
    }
  }

  private static JsonNode list(String name, JsonNode target, JsonNode patch) {
    if ("finalizers".equals(name)) {
      var all = new ArrayList<JsonNode>();
      target.forEach(all::add);
      patch.forEach(item -> addNew(all, item));
      return JSON.createArrayNode().addAll(all);
    }
    var key = key(name, target, patch);
    return key.isEmpty() ? patch : keyed(key, target, patch);
  }

  private static void addNew(List<JsonNode> all, JsonNode item) {
    if (!all.contains(item)) {
      all.add(item);
    }
  }

  private static JsonNode keyed(String key, JsonNode target, JsonNode patch) {
    var items = new LinkedHashMap<JsonNode, JsonNode>();
    target.forEach(item -> items.put(item.path(key), item));
    for (var item : patch) {
      var id = item.path(key);
      switch (item.path(PATCH).asString("")) {
        case "delete" -> items.remove(id);
        case "replace" -> {
          if (id.isMissingNode()) {
            items.clear(); // the whole list
          } else {
            items.put(id, merge(JSON.createObjectNode(), item));
          }
        }
        default -> {
          if (id.isMissingNode()) {
            throw new IllegalArgumentException(
                "map: %s does not contain declared merge key: %s".formatted(item, key));
          }
          var before = items.get(id) instanceof ObjectNode o ? o : JSON.createObjectNode();
          items.put(id, merge(before, item));
        }
      }
    }
    return JSON.createArrayNode().addAll(items.values());
  }

  /** A Service's ports have another key than a container's, and a NetworkPolicy's have none. */
  private static String key(String name, JsonNode target, JsonNode patch) {
    if (!name.equals("ports")) {
      return KEYS.getOrDefault(name, "");
    }
    var items = patch.isEmpty() ? target : patch;
    return items.isEmpty() ? "" : portKey(items.get(0));
  }

  private static String portKey(JsonNode port) {
    if (port.has("containerPort")) {
      return "containerPort";
    }
    return port.has("targetPort") || port.has("name") || port.has("nodePort") || port.has(PATCH)
        ? "port"
        : "";
  }

  private static void order(ObjectNode target, String name, JsonNode order) {
    var list = target.path(name);
    var key = key(name, list, order);
    var sorted = new ArrayList<JsonNode>();
    for (var wanted : order) {
      list.forEach(
          item -> {
            if (id(item, key).equals(id(wanted, key))) {
              sorted.add(item);
            }
          });
    }
    list.forEach(item -> addNew(sorted, item));
    if (list instanceof ArrayNode) {
      target.set(name, JSON.createArrayNode().addAll(sorted));
    }
  }

  private static JsonNode id(JsonNode item, String key) {
    return item.isObject() ? item.path(key) : item;
  }
}
