package dev.gatehouse.platform.pools;

import dev.gatehouse.cluster.AwsSettings.NodeEngine;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.nodes.NodeReportText;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.ObjectKey;
import dev.gatehouse.platform.objects.Trees;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which pools the platform has made and not taken away, in the ConfigMap of the operator's status,
 * which no gateway can write: a definition that no longer has a pool does not say what it was.
 */
public final class MadePools {
  private static final String KEY = "made-pools.json";
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final TypeReference<TreeMap<String, String>> TREE = new TypeReference<>() {};

  private final LiveObjects live;
  private final ObjectKey place;

  /**
   * @param namespace of the gateways
   */
  public MadePools(LiveObjects live, String namespace) {
    this.live = live;
    this.place = new ObjectKey("v1", "ConfigMap", namespace, NodeReportText.CONFIG_MAP);
  }

  public NavigableMap<PoolName, NodeEngine> all() {
    var all = new TreeMap<PoolName, NodeEngine>();
    words()
        .forEach(
            (name, word) ->
                Stream.of(NodeEngine.values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst()
                    .ifPresent(kind -> all.put(new PoolName(name), kind)));
    return Collections.unmodifiableNavigableMap(all);
  }

  /** A pool that is only looked at is nobody's to take away. */
  public void remember(PoolName pool, NodeEngine kind) {
    if (kind != NodeEngine.NONE && all().get(pool) != kind) {
      var words = words();
      words.put(pool.value(), kind.word());
      write(words);
    }
  }

  public void forget(PoolName pool) {
    var words = words();
    if (words.remove(pool.value()) != null) {
      write(words);
    }
  }

  /** A person may have edited it: what cannot be read is nothing. */
  private Map<String, String> words() {
    try {
      var text =
          live.get(place)
              .map(map -> Trees.text(Trees.map(map.tree().get("data")).get(KEY)))
              .orElse("");
      var words = text.isEmpty() ? new TreeMap<String, String>() : JSON.readValue(text, TREE);
      words.keySet().removeIf(name -> !isName(name));
      return words;
    } catch (JacksonException e) {
      return new TreeMap<>();
    }
  }

  private static boolean isName(String name) {
    try {
      return !new PoolName(name).value().isEmpty();
    } catch (UserError e) {
      return false;
    }
  }

  private void write(Map<String, String> words) {
    if (live.get(place).isEmpty()) {
      live.create(
          new KubernetesObject(
              place,
              Map.of(
                  "apiVersion", "v1",
                  "kind", "ConfigMap",
                  "metadata", Map.of("name", place.name(), "namespace", place.namespace()))));
    }
    live.merge(place, Map.of("data", Map.of(KEY, JSON.writeValueAsString(words))));
  }
}
