package dev.gatehouse.testkit.aws;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A request as it came.
 *
 * @param service as the signature names it, such as {@code eks}
 * @param region as the signature names it
 * @param target the header X-Amz-Target, or empty
 * @param path still encoded
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares requests
record Wire(
    String service,
    String region,
    String method,
    String path,
    Map<String, String> query,
    String target,
    byte[] body) {
  private static final Pattern SCOPE = Pattern.compile("Credential=[^/]+/\\d{8}/([^/]+)/([^/]+)/");

  static Wire of(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    var scope = SCOPE.matcher(String.valueOf(headers.getFirst("Authorization")));
    var signed = scope.find();
    var query = new TreeMap<String, String>();
    var raw = exchange.getRequestURI().getRawQuery();
    for (var pair : raw == null ? new String[0] : raw.split("&")) {
      var sides = pair.split("=", 2);
      query.put(Tree.decode(sides[0]), Tree.decode(sides[sides.length - 1]));
    }
    return new Wire(
        signed ? scope.group(2) : "",
        signed ? scope.group(1) : "",
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        query,
        Objects.requireNonNullElse(headers.getFirst("X-Amz-Target"), ""),
        exchange.getRequestBody().readAllBytes());
  }
}
