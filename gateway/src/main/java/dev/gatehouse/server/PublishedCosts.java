package dev.gatehouse.server;

import dev.gatehouse.cost.CostBook;
import dev.gatehouse.cost.MonthUsage;
import dev.gatehouse.cost.PricesText;
import dev.gatehouse.cost.ToldPrice;
import dev.gatehouse.cost.Usage;
import dev.gatehouse.cost.UsageText;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the operator has published of usage and prices. */
public final class PublishedCosts implements CostBook {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedCosts.class);

  /** It is written every few minutes. */
  private static final Duration KEPT = Duration.ofSeconds(30);

  private final KubernetesClient client;
  private final String namespace;
  private final InstantSource clock;

  private record Read(Instant at, Usage usage) {}

  // Guarded by this.
  private final Map<YearMonth, Read> months = new HashMap<>();
  private Instant pricesAt = Instant.MIN;
  private Map<String, ToldPrice> prices = Map.of();

  /**
   * @param client stays the caller's
   * @param namespace of the gateways and the operator
   */
  public PublishedCosts(KubernetesClient client, String namespace, InstantSource clock) {
    this.client = client;
    this.namespace = namespace;
    this.clock = clock;
  }

  @Override
  public boolean counts() {
    return true;
  }

  @Override
  public synchronized Usage month(YearMonth month) {
    var now = clock.instant();
    months.values().removeIf(read -> now.isAfter(read.at().plus(KEPT)));
    return months.computeIfAbsent(month, m -> new Read(now, read(m))).usage();
  }

  private Usage read(YearMonth month) {
    var name = UsageText.configMap(month);
    try {
      return get(name)
          .flatMap(map -> Optional.ofNullable(map.getBinaryData()))
          .flatMap(data -> Optional.ofNullable(data.get(UsageText.KEY)))
          .flatMap(text -> UsageText.read(Base64.getDecoder().decode(text)))
          .filter(m -> m.month().equals(month))
          .map(MonthUsage::usage)
          .orElse(Usage.NONE);
    } catch (KubernetesClientException e) {
      throw new FailureException(
          new Failure.Unavailable(
              "usage-unavailable",
              "what was used in %s cannot be read now: %s"
                  .formatted(
                      month,
                      e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                          ? "the gateway may not read ConfigMap %s; 'gatehouse apply' gives the right"
                              .formatted(name)
                          : "the cluster's API server does not answer; try again soon")),
          e);
    }
  }

  @Override
  public synchronized Map<String, ToldPrice> told() {
    var now = clock.instant();
    if (now.isAfter(pricesAt.plus(pricesAt.equals(Instant.MIN) ? Duration.ZERO : KEPT))) {
      try {
        prices =
            get(PricesText.CONFIG_MAP)
                .flatMap(map -> Optional.ofNullable(map.getData()))
                .flatMap(data -> Optional.ofNullable(data.get(PricesText.KEY)))
                .map(PricesText::read)
                .orElse(Map.of());
      } catch (KubernetesClientException e) {
        LOG.debug("what is known of prices cannot be read; those of before stand", e);
      }
      pricesAt = now;
    }
    return prices;
  }

  private Optional<ConfigMap> get(String name) {
    return Optional.ofNullable(client.configMaps().inNamespace(namespace).withName(name).get());
  }
}
