package dev.gatehouse.operation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the probes of Kubernetes ask: {@code /healthz}, that the process answers at all, and {@code
 * /readyz}, whether people should be sent here, else 503 and why in one line. And what Prometheus
 * asks, {@code /metrics}. Anybody may read it.
 */
public final class Health implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);
  private static final int BACKLOG = 16;
  private static final String LINE = "text/plain; charset=us-ascii";
  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Health(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts to answer.
   *
   * @param objection why nobody should be sent here; empty if everybody may
   * @throws UserError if the address cannot be listened on
   */
  public static Health start(String host, int port, Supplier<Optional<String>> objection) {
    try {
      var health = new Health(HttpServer.create(new InetSocketAddress(host, port), BACKLOG));
      health.serve("/healthz", Optional::empty);
      health.serve("/readyz", objection);
      health.server.setExecutor(health.threads);
      health.server.start();
      return health;
    } catch (IOException | UnresolvedAddressException e) {
      throw new UserError(
          ExitCode.UNAVAILABLE,
          "cannot listen on %s port %d for probes: %s; change gateway.health"
              .formatted(host, port, e.getMessage()));
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /**
   * Answers {@code /metrics} too, from now on.
   *
   * @param page in Prometheus' text format 0.0.4
   */
  public void measure(Supplier<String> page) {
    serve("/metrics", METRICS, () -> measured(page));
  }

  private static Answer measured(Supplier<String> page) {
    try {
      return new Answer(HttpURLConnection.HTTP_OK, page.get());
    } catch (RuntimeException e) {
      LOG.error("[metrics-broken] a scrape failed", e);
      return new Answer(HttpURLConnection.HTTP_INTERNAL_ERROR, "see the log\n");
    }
  }

  private record Answer(int status, String body) {}

  private void serve(String path, Supplier<Optional<String>> objection) {
    serve(
        path,
        LINE,
        () ->
            objection
                .get()
                .map(why -> new Answer(HttpURLConnection.HTTP_UNAVAILABLE, why + "\n"))
                .orElse(new Answer(HttpURLConnection.HTTP_OK, "ok\n")));
  }

  private void serve(String path, String type, Supplier<Answer> answer) {
    server.createContext(
        path,
        exchange -> {
          if (exchange.getRequestURI().getPath().equals(path)) {
            answer(exchange, type, answer.get());
          } else {
            answer(exchange, LINE, new Answer(HttpURLConnection.HTTP_NOT_FOUND, "not found\n"));
          }
        });
  }

  private static void answer(HttpExchange exchange, String type, Answer answer) throws IOException {
    try (exchange) {
      var body = answer.body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      var head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status, head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }
}
