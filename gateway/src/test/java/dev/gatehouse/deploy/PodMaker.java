package dev.gatehouse.deploy;

import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object that makes pods.
 *
 * @param replicas how many at a time, 1 if it does not say
 * @param surge how many more while a new one takes an old one's place
 * @param pod their specification
 */
record PodMaker(String kind, String name, int replicas, int surge, JsonNode pod) {
  static Optional<PodMaker> of(JsonNode object) {
    return Stream.of("/spec/template/spec", "/spec/jobTemplate/spec/template/spec")
        .map(object::at)
        .filter(JsonNode::isObject)
        .findFirst()
        .map(
            pod ->
                new PodMaker(
                    object.path("kind").asString(),
                    Manifests.name(object),
                    object.at("/spec/replicas").asInt(1),
                    object.at("/spec/strategy/rollingUpdate/maxSurge").asInt(0),
                    withClaims(pod, object.at("/spec/volumeClaimTemplates"))));
  }

  /** As a StatefulSet's controller makes it: each claim is a volume of the template's name. */
  private static JsonNode withClaims(JsonNode pod, JsonNode claims) {
    if (claims.isEmpty()) {
      return pod;
    }
    var whole = (ObjectNode) pod.deepCopy();
    for (var claim : claims) {
      var name = Manifests.name(claim);
      whole
          .withArray("volumes")
          .addObject()
          .put("name", name)
          .putObject("persistentVolumeClaim")
          .put("claimName", name + "-0");
    }
    return whole;
  }

  String priorityClass() {
    return pod.path("priorityClassName").asString("");
  }

  Stream<JsonNode> containers() {
    return Stream.of("initContainers", "containers").flatMap(l -> pod.path(l).valueStream());
  }

  boolean isJob() {
    return kind.equals("Job") || kind.equals("CronJob");
  }

  @Override
  public String toString() {
    return kind + " " + name;
  }
}
