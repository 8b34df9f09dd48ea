package dev.gatehouse.platform.doctor;

import dev.gatehouse.doctor.Finding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Whether this clock and the API server's agree: certificates, leases and codes from a phone depend
 * on it.
 */
final class ClockCheck extends Looking {
  /** A certificate for a workspace begins a minute before it is made, and lives for minutes. */
  private static final Duration TOO_MUCH = Duration.ofSeconds(30);

  private final KubernetesClient client;
  private final InstantSource clock;

  ClockCheck(KubernetesClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  @Override
  public String subject() {
    return "Kubernetes";
  }

  @Override
  List<Finding> look() throws InterruptedException {
    var date = date();
    try {
      var theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      var off = Duration.between(clock.instant(), theirs).abs();
      return List.of(
          off.compareTo(TOO_MUCH) <= 0
              ? Finding.ok("its clock and this one agree")
              : Finding.problem(
                  "its clock and this one are %d s apart".formatted(off.toSeconds()),
                  "set both by NTP: sessions' certificates and codes from phones fail otherwise"));
    } catch (DateTimeException e) {
      return List.of(
          Finding.notChecked(
              "the API server does not tell the time", "compare the clocks by hand"));
    }
  }

  /** Empty if there is none. */
  private String date() throws InterruptedException {
    var http = client.getHttpClient();
    var url = URI.create(client.getMasterUrl().toString()).resolve("/version");
    try {
      var answer =
          http.sendAsync(http.newHttpRequestBuilder().uri(url).build(), String.class).get();
      return answer.headers("Date").stream().findFirst().orElse("");
    } catch (ExecutionException e) {
      throw new KubernetesClientException("no answer", e);
    }
  }
}
