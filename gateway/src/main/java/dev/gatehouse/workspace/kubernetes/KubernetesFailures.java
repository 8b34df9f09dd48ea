package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** What the API server's refusals mean for a person. */
final class KubernetesFailures {
  private static final int UNPROCESSABLE = 422;
  private static final int TOO_MANY_REQUESTS = 429;

  private KubernetesFailures() {}

  /** One line for the log. */
  static String describe(Throwable e) {
    return Quote.plain(String.valueOf(e.getMessage())).lines().findFirst().orElse("");
  }

  static boolean isConflict(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }

  static boolean isNotFound(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
  }

  /** A field that cannot be changed was to be changed; a field that is wrong is another matter. */
  static boolean isImmutable(KubernetesClientException e) {
    return e.getCode() == UNPROCESSABLE
        && String.valueOf(e.getMessage()).contains("updates to statefulset spec for fields");
  }

  /** Whether the same request may be answered later. */
  static boolean mayPass(KubernetesClientException e) {
    return e.getCode() == TOO_MANY_REQUESTS
        || e.getCode() <= 0 // no answer came
        || e.getCode() == HttpURLConnection.HTTP_CONFLICT
        || e.getCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR;
  }

  static FailureException of(RuntimeException e) {
    return new FailureException(failure(e), e);
  }

  private static Failure failure(RuntimeException e) {
    if (e instanceof FailureException known) {
      return known.failure();
    }
    if (e instanceof KubernetesClientException refused) {
      return failure(refused);
    }
    return new Failure.Broken("kubernetes-broken", "the workspace cannot be handled");
  }

  private static Failure failure(KubernetesClientException e) {
    var message = describe(e);
    if (message.contains("exceeded quota")) {
      return quota(message);
    }
    if (mayPass(e)) {
      return new Failure.Unavailable(
          "kubernetes-unavailable", "the cluster's API server does not answer; try again soon");
    }
    return switch (e.getCode()) {
      case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
          new Failure.Broken(
              "kubernetes-forbidden",
              "the cluster does not let the gateway do this; an administrator must look at it");
      default ->
          new Failure.Broken("kubernetes-refused", "the cluster refused the workspace: " + message);
    };
  }

  static Failure quota(String message) {
    return new Failure.Unavailable(
        "quota-exceeded",
        "the workspaces together have used up what the cluster allows: "
            + message.replaceFirst(".*exceeded quota: *", ""));
  }
}
