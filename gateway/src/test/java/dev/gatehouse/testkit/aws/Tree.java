package dev.gatehouse.testkit.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a request says, as a tree of names, whichever protocol it came in. */
final class Tree {
  static final JsonMapper JSON = new JsonMapper();

  private Tree() {}

  static ObjectNode json(byte[] body) {
    return body.length == 0 ? JSON.createObjectNode() : (ObjectNode) JSON.readTree(body);
  }

  /** {@code Tags.member.1.Key=owner} lies under Tags, member, 1 and Key. */
  static ObjectNode form(byte[] body) {
    var root = JSON.createObjectNode();
    for (var pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      var sides = pair.split("=", 2);
      var path = decode(sides[0]).split("\\.", -1);
      var at = root;
      for (var i = 0; i < path.length - 1; i++) {
        at = at.withObjectProperty(path[i]);
      }
      at.put(path[path.length - 1], sides.length < 2 ? "" : decode(sides[1]));
    }
    return root;
  }

  static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  static String text(JsonNode node) {
    return node.isString() ? node.stringValue() : node.toString();
  }
}
