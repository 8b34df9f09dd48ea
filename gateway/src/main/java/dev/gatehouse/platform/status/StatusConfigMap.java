package dev.gatehouse.platform.status;

import dev.gatehouse.nodes.NodeReportText;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.platform.objects.Trees;
import java.util.Map;
import java.util.Optional;

/** Where the operator writes its status, beside what others of it write there. All blocks. */
public final class StatusConfigMap {
  /** What the operator tells, of nodes too. */
  public static final String NAME = NodeReportText.CONFIG_MAP;

  private static final String KEY = "status.json";

  private final LiveObjects live;
  private final ObjectKey place;

  /**
   * @param namespace of the gateways
   */
  public StatusConfigMap(LiveObjects live, String namespace) {
    this.live = live;
    this.place = new ObjectKey("v1", "ConfigMap", namespace, NAME);
  }

  /** Returns what the operator said last; empty if it has never said anything. */
  public Optional<PlatformStatus> read() {
    return live.get(place)
        .map(map -> Trees.text(Trees.map(map.tree().get("data")).get(KEY)))
        .flatMap(PlatformStatus::read);
  }

  public void write(PlatformStatus status) {
    var data = Map.<String, Object>of("data", Map.of(KEY, status.json()));
    if (live.get(place).isEmpty()) {
      live.create(
          new KubernetesObject(
              place,
              Map.of(
                  "apiVersion",
                  "v1",
                  "kind",
                  "ConfigMap",
                  "metadata",
                  Map.of(
                      "name",
                      NAME,
                      "namespace",
                      place.namespace(),
                      "labels",
                      Map.of("app.kubernetes.io/managed-by", "gatehouse")))));
    }
    live.merge(place, data);
  }
}
