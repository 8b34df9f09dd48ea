package dev.gatehouse.service;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.cluster.WorkspaceService;
import dev.gatehouse.cluster.WorkspaceService.Listens;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks whether a service is ready, on the way that tunnels take.
 *
 * @param home the person's, where the workspace has it
 */
record Readiness(WorkspaceLink link, WorkspaceService service, String home) {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** As Kubernetes' probes. */
  private static final Pattern GOOD = Pattern.compile("HTTP/1\\.[01] [23][0-9]{2}( .*)?");

  private static final int LONGEST = 200;

  boolean isReady() throws IOException {
    try (var stream = connect().orElse(null)) {
      return stream != null
          && (service.readyPath().isEmpty() || answers(stream, service.readyPath().get()));
    }
  }

  private Optional<WorkspaceLink.Stream> connect() throws IOException {
    return switch (service.listens()) {
      case Listens.Port(var number) -> link.port(number, PATIENCE);
      case Listens.Socket(var path) -> link.socket(absolute(path, home), PATIENCE);
    };
  }

  static String absolute(String path, String home) {
    return path.startsWith("~/") ? home + path.substring(1) : path;
  }

  private boolean answers(WorkspaceLink.Stream stream, String path) {
    var request =
        "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: gatehouse\r\nConnection: close\r\n\r\n"
            .formatted(path, host());
    try {
      stream.out().write(request.getBytes(US_ASCII));
      stream.out().flush();
      return GOOD.matcher(statusLine(stream.in())).matches();
    } catch (IOException e) {
      return false; // it hung up, or did not answer in time
    }
  }

  private String host() {
    return service.listens() instanceof Listens.Port(var number)
        ? "localhost:" + number
        : "localhost";
  }

  private static String statusLine(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (var c = in.read(); c >= 0 && c != '\r' && c != '\n'; c = in.read()) {
      if (line.length() == LONGEST) {
        return "";
      }
      line.append((char) c);
    }
    return line.toString();
  }
}
