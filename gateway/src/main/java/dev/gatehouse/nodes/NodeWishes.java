package dev.gatehouse.nodes;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;

/**
 * What is wished of nodes, by their names: written by gateways, and read by the operator.
 *
 * @param nodes at most one wish a node
 */
public record NodeWishes(Map<String, NodeWish> nodes) {
  /** The ConfigMap, and its key. */
  public static final String CONFIG_MAP = "gatehouse-requests";

  public static final String KEY = "nodes.json";

  private static final NodeWishes NONE = new NodeWishes(Map.of());

  public NodeWishes {
    nodes = Map.copyOf(nodes);
  }

  public NodeWishes with(NodeWish wish) {
    var all = new TreeMap<>(nodes);
    all.put(wish.node(), wish);
    return new NodeWishes(all);
  }

  public String text() {
    return new String(NodeJson.write(this), StandardCharsets.UTF_8);
  }

  /** None if it is no such text: another version may have written it. */
  public static NodeWishes read(String text) {
    try {
      return NodeJson.read(text.getBytes(StandardCharsets.UTF_8), NodeWishes.class);
    } catch (JacksonException | NullPointerException e) {
      return NONE;
    }
  }
}
