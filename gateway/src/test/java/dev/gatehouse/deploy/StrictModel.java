package dev.gatehouse.deploy;

import dev.gatehouse.testkit.kubernetes.UnknownFields;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The manifests against the types of Kubernetes' API. */
final class StrictModel {
  private StrictModel() {}

  /** The fields that its kind does not have, as paths. */
  static List<String> unknown(JsonNode object) {
    var kind = object.path("kind").asString("");
    var typed = Manifests.typed(object);
    return typed instanceof GenericKubernetesResource
        ? List.of(kind)
        : UnknownFields.of(kind, typed);
  }
}
