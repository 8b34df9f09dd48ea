package dev.gatehouse.testkit.kubernetes;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Field selectors of lists: the mock knows those on metadata only, and finds nothing by another. A
 * real API server refuses a field that is not in its list.
 */
final class FieldSelectors {
  private static final Pattern PARAMETER = Pattern.compile("(?<=[?&])fieldSelector=([^&]*)&?");
  private static final Set<String> OF_ALL = Set.of("metadata.name", "metadata.namespace");
  private static final Set<String> OF_PODS =
      Set.of("spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "status.phase");
  private static final Set<String> OF_EVENTS =
      Set.of(
          "involvedObject.kind",
          "involvedObject.name",
          "involvedObject.namespace",
          "involvedObject.uid",
          "reason",
          "type");

  private FieldSelectors() {}

  /** Empty for a path without one. */
  static Optional<String> of(String path) {
    var parameter = PARAMETER.matcher(path);
    return parameter.find()
        ? Optional.of(URLDecoder.decode(parameter.group(1), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  static String without(String path) {
    return PARAMETER.matcher(path).replaceFirst("").replaceFirst("[?&]$", "");
  }

  static Optional<Refusal> objection(String path, String selector) {
    for (var term : selector.split(",", -1)) {
      var field = term.replaceFirst("!?==?.*", "");
      var known =
          OF_ALL.contains(field)
              || (path.contains("/pods") && OF_PODS.contains(field))
              || (path.contains("/events") && OF_EVENTS.contains(field))
              || (path.contains("/nodes") && field.equals("spec.unschedulable"));
      if (!known) {
        return Optional.of(new Refusal(400, "BadRequest", "field label not supported: " + field));
      }
    }
    return Optional.empty();
  }

  /** Leaves in the list what the selector selects. */
  static void filter(ObjectNode list, String selector) {
    var items = list.withArray("items");
    for (var i = items.size() - 1; i >= 0; i--) {
      if (!selects(selector, items.get(i))) {
        items.remove(i);
      }
    }
  }

  private static boolean selects(String selector, JsonNode object) {
    for (var term : selector.split(",", -1)) {
      var isNot = term.contains("!=");
      var parts = term.split("!?==?", 2);
      var value = object.at("/" + parts[0].replace('.', '/')).asString("");
      if (value.equals(parts[1]) == isNot) {
        return false;
      }
    }
    return true;
  }
}
