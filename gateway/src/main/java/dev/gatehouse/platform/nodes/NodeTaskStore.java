package dev.gatehouse.platform.nodes;

import dev.gatehouse.nodes.NodeReportText;
import dev.gatehouse.nodes.NodeTasks;
import dev.gatehouse.nodes.NodeWishes;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;

/** Where wishes are read, and where it is told how far they are. All of it blocks. */
final class NodeTaskStore {
  private final KubernetesClient client;
  private final String namespace;

  NodeTaskStore(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  NodeWishes wishes() {
    return NodeWishes.read(text(NodeWishes.CONFIG_MAP, NodeWishes.KEY));
  }

  NodeTasks tasks() {
    return NodeTasks.read(text(NodeReportText.CONFIG_MAP, NodeTasks.KEY));
  }

  void write(NodeTasks tasks) {
    new StatusData(client, namespace).merge(Map.of("data", Map.of(NodeTasks.KEY, tasks.text())));
  }

  private String text(String map, String key) {
    return Optional.ofNullable(client.configMaps().inNamespace(namespace).withName(map).get())
        .map(ConfigMap::getData)
        .map(data -> data.get(key))
        .orElse("");
  }
}
