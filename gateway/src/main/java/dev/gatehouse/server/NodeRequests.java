package dev.gatehouse.server;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.nodes.NodeControl;
import dev.gatehouse.nodes.NodeReportText;
import dev.gatehouse.nodes.NodeTask;
import dev.gatehouse.nodes.NodeTasks;
import dev.gatehouse.nodes.NodeWish;
import dev.gatehouse.nodes.NodeWishes;
import dev.gatehouse.platform.objects.ApiFailures;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the operator by the ConfigMap {@code gatehouse-requests}: this gateway has no right on
 * nodes.
 */
public final class NodeRequests implements NodeControl {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Another gateway may write at the same moment; so many in a row are no accident. */
  private static final int ATTEMPTS = 5;

  /** A wish that was fulfilled so long ago is forgotten with the next one. */
  private static final Duration KEPT = Duration.ofDays(7);

  private final KubernetesClient client;
  private final String namespace;

  /**
   * @param client stays the caller's
   * @param namespace of the gateways and the operator
   */
  public NodeRequests(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  @Override
  public NodeTasks tasks() {
    return ApiFailures.told(
        "read what the operator tells of nodes",
        () ->
            map(NodeReportText.CONFIG_MAP)
                .flatMap(map -> text(map, NodeTasks.KEY))
                .map(NodeTasks::read)
                .orElse(NodeTasks.NONE));
  }

  @Override
  public NodeWish wish(NodeWish wish) {
    return ApiFailures.told("tell the operator", () -> wishing(wish));
  }

  private NodeWish wishing(NodeWish wish) {
    for (var attempt = 1; ; attempt++) {
      var map = map(NodeWishes.CONFIG_MAP).orElseThrow(this::missing);
      var before = NodeWishes.read(text(map, NodeWishes.KEY).orElse(""));
      var told = after(wish, Optional.ofNullable(before.nodes().get(wish.node())));
      try {
        write(map, current(before, told).with(told));
        return told;
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Refused if another has written since it was read. */
  private void write(ConfigMap read, NodeWishes wishes) {
    client
        .configMaps()
        .inNamespace(namespace)
        .withName(NodeWishes.CONFIG_MAP)
        .patch(
            MERGE,
            JSON.writeValueAsString(
                Map.of(
                    "metadata",
                    Map.of("resourceVersion", read.getMetadata().getResourceVersion()),
                    "data",
                    Map.of(NodeWishes.KEY, wishes.text()))));
  }

  /** Of two wishes the later one has the later time, whatever the clocks of gateways say. */
  private static NodeWish after(NodeWish wish, Optional<NodeWish> before) {
    return before
        .filter(b -> !b.at().isBefore(wish.at()))
        .map(
            b ->
                new NodeWish(
                    wish.node(),
                    wish.kind(),
                    wish.by(),
                    wish.from(),
                    b.at().plusMillis(1),
                    wish.now(),
                    wish.force(),
                    wish.deleteEmptyDirData()))
        .orElse(wish);
  }

  private NodeWishes current(NodeWishes wishes, NodeWish now) {
    var tasks = tasks();
    var kept = new TreeMap<>(wishes.nodes());
    kept.values()
        .removeIf(
            old ->
                old.at().isBefore(now.at().minus(KEPT))
                    && tasks.of(old.node()).filter(NodeTask::isOver).isPresent());
    return new NodeWishes(kept);
  }

  private Optional<ConfigMap> map(String name) {
    return Optional.ofNullable(client.configMaps().inNamespace(namespace).withName(name).get());
  }

  private static Optional<String> text(ConfigMap map, String key) {
    return Optional.ofNullable(map.getData()).map(data -> data.get(key));
  }

  private FailureException missing() {
    return new FailureException(
        new Failure.Unavailable(
            "requests-missing",
            "the cluster has no ConfigMap %s/%s, by which the operator is told; a person with"
                    .formatted(namespace, NodeWishes.CONFIG_MAP)
                + " credentials runs 'gatehouse apply', which makes it"));
  }
}
