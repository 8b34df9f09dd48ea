package dev.gatehouse.platform.revisions;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.platform.objects.ApiFailures;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Asks the operator to try again what it could not do, by an annotation of the definition's
 * ConfigMap, which gateways may update and the operator watches. Of two requests the later one has
 * the later time, whatever the clocks of their gateways say.
 */
public final class TryAgain {
  static final String ANNOTATION = "gatehouse.dev/try-again";

  /** Another gateway may write at the same moment; so many in a row are no accident. */
  private static final int ATTEMPTS = 5;

  private final KubernetesClient client;
  private final String namespace;
  private final InstantSource clock;

  /**
   * @param client stays the caller's
   */
  public TryAgain(KubernetesClient client, String namespace, InstantSource clock) {
    this.client = client;
    this.namespace = namespace;
    this.clock = clock;
  }

  /** Returns what the operator was asked at last; empty if it never was. */
  public Optional<Instant> asked() {
    return ApiFailures.told("read the definition", () -> find().flatMap(TryAgain::of));
  }

  /** Asks, and returns the time of the request. */
  public Instant ask() {
    return ApiFailures.told("ask the operator to try again", this::asking);
  }

  static Optional<Instant> of(ConfigMap map) {
    return Optional.ofNullable(map.getMetadata().getAnnotations())
        .flatMap(annotations -> Optional.ofNullable(annotations.get(ANNOTATION)))
        .flatMap(TryAgain::moment);
  }

  private Instant asking() {
    for (var attempt = 1; ; attempt++) {
      var map = find().orElseThrow(this::missing);
      var now = after(of(map));
      try {
        var _ =
            client
                .configMaps()
                .inNamespace(namespace)
                .resource(
                    new ConfigMapBuilder(map)
                        .editMetadata()
                        .addToAnnotations(ANNOTATION, now.toString())
                        .withManagedFields()
                        .endMetadata()
                        .build())
                .update();
        return now;
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Instant after(Optional<Instant> before) {
    var now = clock.instant();
    return before.filter(b -> !b.isBefore(now)).map(b -> b.plusNanos(1)).orElse(now);
  }

  private Optional<ConfigMap> find() {
    return Optional.ofNullable(
        client.configMaps().inNamespace(namespace).withName(RevisionObjects.NAME).get());
  }

  private FailureException missing() {
    return new FailureException(
        new Failure.Unavailable(
            "definition-missing",
            "the cluster has no definition in the ConfigMap %s/%s; run 'gatehouse apply' with one"
                .formatted(namespace, RevisionObjects.NAME)));
  }

  private static Optional<Instant> moment(String written) {
    try {
      return Optional.of(Instant.parse(written));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
