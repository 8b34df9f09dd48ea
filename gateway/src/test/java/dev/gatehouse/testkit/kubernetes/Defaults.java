package dev.gatehouse.testkit.kubernetes;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a real API server adds to an object that a client has not said all of. */
final class Defaults {
  private Defaults() {}

  static void add(ObjectNode object) {
    if ("StatefulSet".equals(object.path("kind").asString(""))
        && !object.at("/spec").has("replicas")) {
      object.withObject("/spec").put("replicas", 1);
    }
    for (var claim : object.at("/spec/volumeClaimTemplates")) {
      put(claim, "apiVersion", "v1");
      put(claim, "kind", "PersistentVolumeClaim");
      put(claim.path("spec"), "volumeMode", "Filesystem");
      put(((ObjectNode) claim).withObject("/status"), "phase", "Pending");
    }
    if ("NetworkPolicy".equals(object.path("kind").asString(""))) {
      for (var rules : object.path("spec")) {
        rules.forEach(rule -> rule.path("ports").forEach(port -> put(port, "protocol", "TCP")));
      }
    }
    if ("Namespace".equals(object.path("kind").asString(""))) {
      put(object.withObject("/status"), "phase", "Active");
    }
  }

  /** As the admission plugin StorageObjectInUseProtection: a claim in use outlives its deletion. */
  static void protect(ObjectNode object) {
    if ("PersistentVolumeClaim".equals(object.path("kind").asString(""))) {
      object.withObject("/metadata").putArray("finalizers").add(Controllers.CLAIM_PROTECTION);
    }
  }

  private static void put(JsonNode object, String field, String value) {
    if (object instanceof ObjectNode fields && !fields.has(field)) {
      fields.put(field, value);
    }
  }
}
