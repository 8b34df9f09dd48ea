package dev.gatehouse.platform.objects;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.function.Supplier;

/** What the API server's refusals mean for whoever plans or applies. */
public final class ApiFailures {
  /** A server-side apply answers so, with status 500: it stays refused however often one asks. */
  private static final String UNKNOWN_FIELD = "field not declared in schema";

  private static final int TOO_MANY_REQUESTS = 429;

  private ApiFailures() {}

  /**
   * Does something, and tells a refusal as a failure.
   *
   * @param what was to be done, such as {@code read Deployment gatehouse/gatehouse}
   */
  public static <T> T told(String what, Supplier<T> action) {
    try {
      return action.get();
    } catch (KubernetesClientException e) {
      throw new FailureException(of(what, e), e);
    }
  }

  private static Failure of(String what, KubernetesClientException e) {
    var words = Quote.plain(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    if (words.contains("because it is being terminated")) {
      return new Failure.Unavailable(
          "namespace-terminating",
          "cannot %s: its namespace is being deleted; wait until it is gone, and run this again"
              .formatted(what));
    }
    if (words.contains(UNKNOWN_FIELD)) {
      return refused(what, words);
    }
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_UNAUTHORIZED ->
          new Failure.Denied(
              "cluster-login-expired",
              "cannot %s: the cluster does not take your credentials (any more); log in to it anew,"
                      .formatted(what)
                  + " and run this again");
      case HttpURLConnection.HTTP_FORBIDDEN ->
          new Failure.Denied(
              "cluster-denied", "cannot %s: the cluster says: %s".formatted(what, words));
      default ->
          mayPass(e.getCode())
              ? new Failure.Unavailable(
                  "kubernetes-unavailable",
                  "cannot %s: the cluster's API server does not answer; run this again"
                      .formatted(what))
              : refused(what, words);
    };
  }

  private static Failure refused(String what, String words) {
    return new Failure.Broken(
        "kubernetes-refused", "cannot %s: the cluster says: %s".formatted(what, words));
  }

  /** Whether no answer came, or one that may be another soon. */
  private static boolean mayPass(int code) {
    return code <= 0
        || code == TOO_MANY_REQUESTS
        || code == HttpURLConnection.HTTP_CONFLICT
        || code >= HttpURLConnection.HTTP_INTERNAL_ERROR;
  }
}
