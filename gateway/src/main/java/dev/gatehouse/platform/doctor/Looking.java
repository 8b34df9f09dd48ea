package dev.gatehouse.platform.doctor;

import dev.gatehouse.doctor.Check;
import dev.gatehouse.doctor.Finding;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Objects;

/** A check that asks the API server: what may not be looked at is not a fault. */
abstract class Looking implements Check {
  abstract List<Finding> look() throws InterruptedException;

  @Override
  public final List<Finding> findings() throws InterruptedException {
    try {
      return look();
    } catch (KubernetesClientException e) {
      // Whatever answered has given a status.
      if (e.getStatus() == null) {
        return List.of(unanswered());
      }
      return List.of(
          switch (e.getCode()) {
            case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_UNAUTHORIZED ->
                Finding.notChecked(
                    "these credentials may not look at it",
                    "run 'gatehouse doctor' with a kubeconfig that may");
            default ->
                Finding.notChecked(
                    "the API server refused: "
                        + Objects.requireNonNullElse(e.getMessage(), "").lines().findFirst().orElse(""),
                    "see the API server's log");
          });
    }
  }

  /** One check says that it is a problem, and the others that they saw nothing. */
  Finding unanswered() {
    return Finding.notChecked("the API server does not answer", "");
  }
}
