package dev.gatehouse.testkit.kubernetes;

import dev.gatehouse.testkit.kubernetes.ApiServer.Access;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what RBAC decides on from a request's method and path. */
final class Requests {
  private static final Pattern PATH =
      Pattern.compile(
          "/(?:api/v1|apis/(?<group>[^/]+)/[^/]+)"
              + "(?:/namespaces/(?<namespace>[^/]+)(?=/))?/(?<resource>[a-z]+)"
              + "(?:/(?<name>[^/?]+))?(?:/(?<sub>[a-z]+))?(?:\\?(?<query>.*))?");

  /** A list or a watch of one object, which a real API server authorises by that object's name. */
  private static final Pattern ONE =
      Pattern.compile("(?:.*&)?fieldSelector=metadata\\.name(?:=|%3D)(?<name>[a-z0-9.-]+)(?:&.*)?");

  private Requests() {}

  static Optional<Access> access(String method, String path) {
    var match = PATH.matcher(path);
    if (!match.matches()) {
      return Optional.empty();
    }
    var name = Optional.ofNullable(match.group("name")).orElse("");
    var query = Optional.ofNullable(match.group("query")).orElse("");
    var verb =
        switch (method) {
          case "GET" -> name.isEmpty() ? (query.contains("watch=true") ? "watch" : "list") : "get";
          case "POST" -> "create";
          case "PUT" -> "update";
          case "PATCH" -> "patch";
          default -> name.isEmpty() ? "deletecollection" : "delete";
        };
    var sub = match.group("sub");
    return Optional.of(
        new Access(
            verb,
            Optional.ofNullable(match.group("group")).orElse(""),
            match.group("resource") + (sub == null ? "" : "/" + sub),
            Optional.ofNullable(match.group("namespace")).orElse(""),
            name.isEmpty() ? selected(query) : name));
  }

  private static String selected(String query) {
    var one = ONE.matcher(query);
    return one.matches() ? one.group("name") : "";
  }
}
