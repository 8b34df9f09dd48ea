package dev.gatehouse.platform.usage;

import static java.util.stream.Collectors.toMap;

import dev.gatehouse.cost.UsageText;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.YearMonth;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ledgers in ConfigMaps, one for each month of the year; that of the year before is overwritten.
 * Changes are made under the resourceVersion. All blocks.
 *
 * @param client stays the caller's
 */
record LedgerStore(KubernetesClient client, String namespace) {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerStore.class);
  private static final int ATTEMPTS = 10;

  /** The API server takes no more in one ConfigMap; its keys need a little of it. */
  private static final int MOST_BYTES = (1 << 20) - 1024;

  /** Returns that of this very month. */
  Optional<Ledger> find(YearMonth month) {
    return get(month).flatMap(LedgerStore::ledger).filter(l -> l.month().equals(month));
  }

  /**
   * Changes that of a month, or writes a first one. Where somebody else writes at the same time,
   * the change is made anew on what they have written.
   *
   * @param change gets what is there; empty if there is none of this month
   * @throws KubernetesClientException if it cannot be written
   */
  void change(YearMonth month, Function<Optional<Ledger>, Ledger> change) {
    for (var attempt = 1; ; attempt++) {
      var map = get(month);
      var there = map.flatMap(LedgerStore::ledger);
      if (there.filter(l -> l.month().isAfter(month)).isPresent()) {
        LOG.warn(
            "[usage-too-late] {} holds {} already: what is told of {} is left out",
            UsageText.configMap(month),
            there.get().month(),
            month);
        return;
      }
      var next = change.apply(there.filter(l -> l.month().equals(month)));
      try {
        put(map, next);
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void put(Optional<ConfigMap> before, Ledger ledger) {
    var data = LedgerText.of(ledger);
    var size = data.values().stream().mapToInt(bytes -> bytes.length).sum();
    if (size > MOST_BYTES) {
      LOG.error(
          "[usage-too-large] the usage of {} has {} bytes, more than a ConfigMap holds: nothing is"
              + " counted until the next month",
          ledger.month(),
          size);
      return;
    }
    var map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(UsageText.configMap(ledger.month()))
            .withNamespace(namespace)
            .addToLabels("app.kubernetes.io/managed-by", "gatehouse")
            .withResourceVersion(before.map(b -> b.getMetadata().getResourceVersion()).orElse(null))
            .endMetadata()
            .withBinaryData(
                data.entrySet().stream()
                    .collect(
                        toMap(
                            Map.Entry::getKey,
                            e -> Base64.getEncoder().encodeToString(e.getValue()))))
            .build();
    var resource = client.configMaps().inNamespace(namespace).resource(map);
    var _ = before.isPresent() ? resource.update() : resource.create();
  }

  private Optional<ConfigMap> get(YearMonth month) {
    return Optional.ofNullable(
        client.configMaps().inNamespace(namespace).withName(UsageText.configMap(month)).get());
  }

  private static Optional<Ledger> ledger(ConfigMap map) {
    try {
      return Optional.ofNullable(map.getBinaryData())
          .map(
              data ->
                  data.entrySet().stream()
                      .collect(
                          toMap(Map.Entry::getKey, e -> Base64.getDecoder().decode(e.getValue()))))
          .flatMap(LedgerText::read);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
