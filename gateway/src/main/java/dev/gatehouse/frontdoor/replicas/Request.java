package dev.gatehouse.frontdoor.replicas;

import dev.gatehouse.console.LiveSessions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one gateway asks another, as JSON. During a rollout the two may be of different versions:
 * fields that are not known are left alone.
 */
sealed interface Request {
  JsonMapper MAPPER = JsonMapper.shared();

  /** All connections. */
  record List() implements Request {}

  /** Those that another definition would end. Its text goes compressed: it is long. */
  record EndedBy(String definition) implements Request {}

  record Kill(long id, String reason) implements Request {}

  record Message(long id, String text) implements Request {}

  default String toJson() {
    var node = JsonNodeFactory.instance.objectNode();
    switch (this) {
      case List() -> node.put("ask", "list");
      case EndedBy(var text) -> node.put("ask", "endedBy").put("text", Deflated.of(text));
      case Kill(var id, var reason) -> node.put("ask", "kill").put("id", id).put("text", reason);
      case Message(var id, var text) -> node.put("ask", "message").put("id", id).put("text", text);
    }
    return node.toString();
  }

  /**
   * @throws IllegalArgumentException if it is not one
   */
  static Request parse(String json) {
    var node = MAPPER.readTree(json);
    return switch (node.path("ask").asString("")) {
      case "list" -> new List();
      case "endedBy" -> new EndedBy(Deflated.text(node.path("text").asString("")));
      case "kill" -> new Kill(node.path("id").asLong(0), node.path("text").asString(""));
      case "message" -> new Message(node.path("id").asLong(0), node.path("text").asString(""));
      default -> throw new IllegalArgumentException("not a request of a gateway");
    };
  }

  /** Does it with these connections, and answers with what came of it. */
  default ObjectNode answer(LiveSessions own) {
    var node = JsonNodeFactory.instance.objectNode();
    switch (this) {
      case List() -> own.all().forEach(s -> node.withArray("sessions").add(SessionJson.of(s)));
      case EndedBy(var text) ->
          own.endedBy(text).forEach(s -> node.withArray("sessions").add(SessionJson.of(s)));
      case Kill(var id, var reason) -> node.put("killed", own.kill(id, reason));
      case Message(var id, var text) -> node.put("terminals", own.message(id, text));
    }
    return node;
  }

  /**
   * @throws RuntimeException of Jackson's if it is not JSON
   */
  static JsonNode answer(String json) {
    return MAPPER.readTree(json);
  }
}
