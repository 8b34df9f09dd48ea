package dev.gatehouse.platform.nodes;

import dev.gatehouse.failure.Quote;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.Client;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.net.HttpURLConnection;
import java.util.Optional;

/**
 * Asks the API server to evict pods ({@code policy/v1}, the subresource {@code eviction}), which
 * keeps PodDisruptionBudgets; a plain delete would not. All of it blocks.
 */
final class Evictions {
  private static final int TOO_MANY_REQUESTS = 429;

  private final Client client;

  /**
   * @param client stays the caller's
   */
  Evictions(KubernetesClient client) {
    // fabric8 repeats what is answered 429 or 500 by itself, after longer and longer pauses: behind
    // a budget it would hold up everything else.
    this.client =
        client.newClient(
            new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                .withRequestRetryBackoffLimit(0)
                .build());
  }

  /** What became of it. */
  sealed interface Answer {
    /** It ends, or had gone. */
    record Goes() implements Answer {}

    /**
     * Not now.
     *
     * @param why a sentence without an end
     */
    record Waits(String why) implements Answer {}
  }

  /** A pod of that name that has come since is left alone. */
  Answer evict(Pod pod) {
    var metadata = pod.getMetadata();
    try {
      // fabric8's evict() tells a budget's refusal as false, without the budget's name.
      var _ =
          client.raw(
              "/api/v1/namespaces/%s/pods/%s/eviction"
                  .formatted(metadata.getNamespace(), metadata.getName()),
              "POST",
              new EvictionBuilder()
                  .withNewMetadata()
                  .withName(metadata.getName())
                  .withNamespace(metadata.getNamespace())
                  .endMetadata()
                  .withDeleteOptions(
                      new DeleteOptionsBuilder()
                          .withNewPreconditions()
                          .withUid(metadata.getUid())
                          .endPreconditions()
                          .build())
                  .build());
      return new Answer.Goes();
    } catch (KubernetesClientException e) {
      return switch (e.getCode()) {
        // A conflict: a pod with another uid has taken its name.
        case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_CONFLICT -> new Answer.Goes();
        case TOO_MANY_REQUESTS -> new Answer.Waits(budget(e).orElse("the API server is busy"));
        // More than one budget matches the pod, which the API does not support.
        case HttpURLConnection.HTTP_INTERNAL_ERROR -> new Answer.Waits(words(e));
        default -> throw e;
      };
    }
  }

  /** {@code The disruption budget gatehouse needs 1 healthy pods and has 1 currently}. */
  private static Optional<String> budget(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus()).map(status -> status.getDetails()).stream()
        .flatMap(details -> details.getCauses().stream())
        .filter(cause -> "DisruptionBudget".equals(cause.getReason()))
        .map(StatusCause::getMessage)
        .map(Quote::plain)
        .findFirst();
  }

  private static String words(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus())
        .map(status -> Quote.plain(String.valueOf(status.getMessage())))
        .orElse("the API server cannot evict it now");
  }
}
