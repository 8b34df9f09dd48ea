package dev.gatehouse;

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

/**
 * What the probes of Kubernetes ask: {@code /healthz}, that the process answers at all, and {@code
 * /readyz}, whether people should be sent here, else 503 and why in one line. Anybody may read it.
 */
final class Health implements AutoCloseable {
  private static final int BACKLOG = 16;

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
  static Health start(String host, int port, Supplier<Optional<String>> objection) {
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

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(String path, Supplier<Optional<String>> objection) {
    server.createContext(
        path,
        exchange -> {
          if (!exchange.getRequestURI().getPath().equals(path)) {
            answer(exchange, HttpURLConnection.HTTP_NOT_FOUND, "not found");
          } else {
            var why = objection.get();
            answer(
                exchange,
                why.isEmpty() ? HttpURLConnection.HTTP_OK : HttpURLConnection.HTTP_UNAVAILABLE,
                why.orElse("ok"));
          }
        });
  }

  private static void answer(HttpExchange exchange, int status, String line) throws IOException {
    try (exchange) {
      var body = (line + "\n").getBytes(StandardCharsets.US_ASCII);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=us-ascii");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      var head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }
}
