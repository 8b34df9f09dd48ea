package dev.gatehouse.frontdoor.replicas;

import dev.gatehouse.console.LiveSessions.LiveSession;
import dev.gatehouse.console.LiveSessions.OpenChannel;
import dev.gatehouse.name.Username;
import java.net.InetAddress;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A connection, as gateways tell each other of it. */
final class SessionJson {
  private SessionJson() {}

  static ObjectNode of(LiveSession session) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", session.id())
            .put("user", session.user().value())
            .put("login", session.login())
            .put("target", session.target())
            .put("address", session.address().getHostAddress())
            .put("port", session.port())
            .put("since", session.since().toString())
            .put("client", session.client())
            .put("bytesIn", session.bytesIn())
            .put("bytesOut", session.bytesOut());
    session.proofs().forEach(node.withArray("proofs")::add);
    for (var channel : session.channels()) {
      node.withArray("channels")
          .addObject()
          .put("type", channel.type())
          .put("detail", channel.detail())
          .put("since", channel.since().toString());
    }
    return node;
  }

  static LiveSession parse(JsonNode node) {
    return new LiveSession(
        node.path("id").asLong(),
        new Username(node.path("user").asString()),
        node.path("login").asString(),
        node.path("target").asString(),
        InetAddress.ofLiteral(node.path("address").asString()),
        node.path("port").asInt(),
        Instant.parse(node.path("since").asString()),
        node.path("proofs").valueStream().map(JsonNode::asString).toList(),
        node.path("client").asString(),
        node.path("bytesIn").asLong(),
        node.path("bytesOut").asLong(),
        node.path("channels").valueStream().map(SessionJson::channel).toList());
  }

  private static OpenChannel channel(JsonNode node) {
    return new OpenChannel(
        node.path("type").asString(),
        node.path("detail").asString(),
        Instant.parse(node.path("since").asString()));
  }
}
