package dev.gatehouse.platform;

import dev.gatehouse.platform.objects.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * By which fields the items of a list are told apart, for those lists that Kubernetes merges item
 * by item ({@code patchMergeKey} and {@code listMapKey} in its API). All other lists are one value.
 *
 * @param fields none for a list of texts that is a set
 */
record MergeKeys(List<String> fields) {
  private static final Map<String, List<String>> BY_LIST =
      Map.ofEntries(
          Map.entry("containers", List.of("name")),
          Map.entry("initContainers", List.of("name")),
          Map.entry("env", List.of("name")),
          Map.entry("volumes", List.of("name")),
          Map.entry("volumeMounts", List.of("mountPath")),
          Map.entry("volumeDevices", List.of("devicePath")),
          Map.entry("imagePullSecrets", List.of("name")),
          Map.entry("secrets", List.of("name")),
          Map.entry("hostAliases", List.of("ip")),
          Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")),
          Map.entry("finalizers", List.of()));

  private static final String PORTS = "ports";

  /**
   * @param path of the list
   * @param items of the list; ports are of containers or of Services, and others are no map
   */
  static Optional<MergeKeys> of(String path, List<?> items) {
    var name = path.substring(path.lastIndexOf('.') + 1);
    if (name.equals(PORTS)) {
      return ports(items);
    }
    // In a NetworkPolicy or a projected volume these would be something else.
    return Optional.ofNullable(BY_LIST.get(name))
        .map(MergeKeys::new)
        .filter(keys -> items.stream().allMatch(keys::tells));
  }

  /**
   * A port of a NetworkPolicy's rule has neither name nor containerPort: that list is one value.
   */
  private static Optional<MergeKeys> ports(List<?> items) {
    if (items.stream().allMatch(i -> Trees.map(i).containsKey("containerPort"))) {
      return Optional.of(new MergeKeys(List.of("containerPort", "protocol")));
    }
    return items.stream().allMatch(i -> Trees.map(i).containsKey("name"))
        ? Optional.of(new MergeKeys(List.of("port", "protocol")))
        : Optional.empty();
  }

  /** The items by what tells them apart, in their order. */
  Map<String, Object> byKey(List<?> items) {
    var byKey = new LinkedHashMap<String, Object>();
    items.forEach(item -> byKey.put(key(item), item));
    return byKey;
  }

  private boolean tells(Object item) {
    return fields.isEmpty() || Trees.map(item).containsKey(fields.getFirst());
  }

  private String key(Object item) {
    if (fields.isEmpty()) {
      return String.valueOf(item);
    }
    return fields.stream()
        .map(field -> part(field, Trees.map(item)))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("/"));
  }

  /** The server fills TCP in, so that it is no difference whether it is said. */
  private static String part(String field, Map<String, Object> item) {
    var value = Trees.text(item.get(field));
    return field.equals("protocol") && value.equals("TCP") ? "" : value;
  }
}
