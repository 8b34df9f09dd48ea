package dev.gatehouse.testkit.kubernetes;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Nothing is made in a namespace that is not there, or on its way out. */
final class Namespaces {
  private static final Pattern PATH =
      Pattern.compile("/(?:api/v1|apis/[^/]+/[^/]+)/namespaces/([^/]+)/([a-z]+).*");

  private static final Set<String> OF_EVERY_CLUSTER =
      Set.of("default", "kube-system", "kube-public", "kube-node-lease");

  private final Set<String> terminating = ConcurrentHashMap.newKeySet();
  private volatile boolean isRequired;

  void require() {
    isRequired = true;
  }

  void terminate(String namespace) {
    terminating.add(namespace);
  }

  /**
   * @param find an object by its path
   */
  Optional<Refusal> refusal(
      String path, JsonNode object, Function<String, Optional<JsonNode>> find) {
    var match = PATH.matcher(path);
    if (!match.matches()) {
      return Optional.empty();
    }
    var namespace = match.group(1);
    if (terminating.contains(namespace)) {
      return Optional.of(
          Refusal.of(
              403,
              "%s \"%s\" is forbidden: unable to create new content in namespace %s because it is being terminated"
                  .formatted(match.group(2), object.at("/metadata/name").asString(""), namespace)));
    }
    return isRequired
            && !OF_EVERY_CLUSTER.contains(namespace)
            && find.apply("/api/v1/namespaces/" + namespace).isEmpty()
        ? Optional.of(Refusal.of(404, "namespaces \"%s\" not found".formatted(namespace)))
        : Optional.empty();
  }
}
