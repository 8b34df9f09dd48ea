package dev.gatehouse.nodes;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** How far the operator is with each wish: written by the operator, and read by gateways. */
public record NodeTasks(List<NodeTask> nodes) {
  /** The key, in the ConfigMap {@link NodeReportText#CONFIG_MAP}. */
  public static final String KEY = "drains.json";

  public static final NodeTasks NONE = new NodeTasks(List.of());

  public NodeTasks {
    nodes = List.copyOf(nodes);
  }

  public Optional<NodeTask> of(String node) {
    return nodes.stream().filter(t -> t.node().equals(node)).findFirst();
  }

  public String text() {
    return new String(NodeJson.write(this), StandardCharsets.UTF_8);
  }

  /** None if it is no such text: another version may have written it. */
  public static NodeTasks read(String text) {
    try {
      return NodeJson.read(text.getBytes(StandardCharsets.UTF_8), NodeTasks.class);
    } catch (JacksonException | NullPointerException e) {
      return NONE;
    }
  }
}
