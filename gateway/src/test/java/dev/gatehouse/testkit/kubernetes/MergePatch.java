package dev.gatehouse.testkit.kubernetes;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** RFC 7386; lists are replaced. An apply is near enough to it for objects of one manager. */
final class MergePatch {
  private static final JsonMapper JSON = new JsonMapper();

  private MergePatch() {}

  static JsonNode apply(JsonNode target, JsonNode change) {
    if (!(change instanceof ObjectNode fields)) {
      return change;
    }
    var merged = target instanceof ObjectNode object ? object : JSON.createObjectNode();
    for (var field : fields.properties()) {
      if (field.getValue().isNull()) {
        merged.remove(field.getKey());
      } else {
        merged.set(field.getKey(), apply(merged.path(field.getKey()), field.getValue()));
      }
    }
    return merged;
  }

  /** A field that was applied, and is not any more, goes; unless somebody else has set it since. */
  static void takeAway(JsonNode object, JsonNode last, JsonNode now) {
    for (var field : last.properties()) {
      var name = field.getKey();
      if (now.has(name)) {
        takeAway(object.path(name), field.getValue(), now.path(name));
      } else if (object instanceof ObjectNode fields
          && field.getValue().equals(object.path(name))) {
        fields.remove(name);
      }
    }
  }
}
