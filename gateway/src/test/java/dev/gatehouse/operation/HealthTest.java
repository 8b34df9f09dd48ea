package dev.gatehouse.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Poll;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HealthTest {
  private final Readiness readiness = new Readiness();
  private final Health health = Health.start("127.0.0.1", 0, readiness::objection);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
    health.close();
    readiness.close();
  }

  @Test
  void healthz_whileStarting_isOk() throws Exception {
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void readyz_whileStarting_isUnavailableAndSaysWhy() throws Exception {
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).isEqualTo("starting\n");
  }

  @Test
  void readyz_untilTheDirectoryHasAnsweredOnce_isUnavailable() throws Exception {
    var answers = new AtomicBoolean();
    readiness.require("the directory", answers::get);
    readiness.open();
    assertThat(get("/readyz").body()).isEqualTo("the directory has not answered yet\n");
    answers.set(true);
    Poll.until("ready", () -> get("/readyz").statusCode() == 200);
    answers.set(false);
    assertThat(get("/readyz").body()).isEqualTo("ok\n");
  }

  @Test
  void readyz_whileDraining_isUnavailableAndHealthzIsOk() throws Exception {
    readiness.open();
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    readiness.drain();
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void metrics_onceThereAreSome_areWhatWasMeasuredLast() throws Exception {
    assertThat(get("/metrics").statusCode()).isEqualTo(404);
    var scrapes = new AtomicInteger();
    health.measure(() -> "scrapes %d\n".formatted(scrapes.incrementAndGet()));
    assertThat(get("/metrics").body()).isEqualTo("scrapes 1\n");
    assertThat(get("/metrics").body()).isEqualTo("scrapes 2\n");
    assertThat(get("/metrics").headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(get("/readyz").body()).isEqualTo("starting\n");
  }

  @Test
  void metrics_scrapeFails_isOursToMend() throws Exception {
    health.measure(
        () -> {
          throw new IllegalStateException("for this test");
        });
    assertThat(get("/metrics").statusCode()).isEqualTo(500);
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void other_path_isNotFound() throws Exception {
    assertThat(get("/readyz/../secret").statusCode()).isEqualTo(404);
    assertThat(get("/").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + health.port() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
