package dev.gatehouse.platform.usage;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.Pool;
import dev.gatehouse.cost.CloudPrices;
import dev.gatehouse.cost.PricesText;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.platform.nodes.NodeFactsReading;
import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.LiveObjects;
import dev.gatehouse.platform.objects.ObjectKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a cloud once a day, and when there is a new instance type, what the instance types in use
 * cost, and tells the gateways, which may not ask it. One thread uses it.
 */
public final class PricePublisher {
  /** How often {@link #round} wants to be called. */
  public static final Duration PAUSE = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(PricePublisher.class);
  private static final Duration DAY = Duration.ofDays(1);

  /** The only currency in which clouds tell their prices here. */
  private static final String CURRENCY = "USD";

  private final KubernetesClient client;
  private final LiveObjects live;
  private final ObjectKey place;
  private final InstantSource clock;

  private Set<String> asked = Set.of();
  private @Nullable Instant askedAt;

  /**
   * @param client stays the caller's
   * @param namespace of the operator and its status
   */
  public PricePublisher(KubernetesClient client, String namespace, InstantSource clock) {
    this.client = client;
    this.live = new LiveObjects(client);
    this.place = new ObjectKey("v1", "ConfigMap", namespace, PricesText.CONFIG_MAP);
    this.clock = clock;
  }

  /**
   * Asks if it is time to, and publishes. A failure is logged: the definition's prices are enough,
   * and it is asked again the next day. Blocks.
   *
   * @param cloud that of the definition, if it has one
   */
  public void round(ClusterDefinition definition, Optional<CloudPrices> cloud) {
    if (cloud.isEmpty() || !definition.costs().currency().equals(CURRENCY)) {
      return;
    }
    try {
      var types = types(definition);
      var now = clock.instant();
      if (askedAt != null && now.isBefore(askedAt.plus(DAY)) && asked.containsAll(types)) {
        return;
      }
      askedAt = now;
      asked = types;
      publish(PricesText.of(cloud.get().of(types)));
    } catch (FailureException e) {
      LOG.warn("[prices-unknown] prices are those of the definition alone: {}", e.failure().line());
    } catch (KubernetesClientException e) {
      LOG.warn("[prices-unknown] the nodes cannot be looked at: {}", e.getMessage());
    }
  }

  /** Those of the nodes, and those that pools may get. */
  private Set<String> types(ClusterDefinition definition) {
    return Stream.concat(
            client.nodes().list().getItems().stream().map(NodeFactsReading::instanceType),
            definition.pools().values().stream().map(Pool::instanceTypes).flatMap(t -> t.stream()))
        .filter(type -> !type.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  private void publish(String text) {
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
                  Map.of("name", place.name(), "namespace", place.namespace()))));
    }
    live.merge(place, Map.of("data", Map.of(PricesText.KEY, text)));
  }
}
