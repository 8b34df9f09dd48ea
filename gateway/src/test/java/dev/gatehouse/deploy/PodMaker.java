package dev.gatehouse.deploy;

import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * An object that makes pods.
 *
 * @param replicas how many at a time, 1 if it does not say
 * @param pod their specification
 */
record PodMaker(String kind, String name, int replicas, JsonNode pod) {
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
                    pod));
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
