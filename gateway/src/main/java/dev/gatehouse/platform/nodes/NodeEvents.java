package dev.gatehouse.platform.nodes;

import static java.util.stream.Collectors.groupingBy;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kubernetes' events of nodes: they lie in the namespace {@code default}. Blocks. */
record NodeEvents(KubernetesClient client) {
  private static final Logger LOG = LoggerFactory.getLogger(NodeEvents.class);
  private static final String NAMESPACE = "default";
  private static final String NODE = "Node";

  /** Returns them by node; none while they may not be seen. */
  Map<String, List<Event>> all() {
    try {
      return client
          .v1()
          .events()
          .inNamespace(NAMESPACE)
          .withField("involvedObject.kind", NODE)
          .list()
          .getItems()
          .stream()
          .filter(e -> NODE.equals(e.getInvolvedObject().getKind()))
          .collect(groupingBy(e -> e.getInvolvedObject().getName()));
    } catch (KubernetesClientException e) {
      LOG.debug("events of nodes cannot be seen", e);
      return Map.of();
    }
  }
}
