package dev.gatehouse.testkit.kubernetes;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Why an API server does not do what was asked: the fields of its {@code Status}. */
record Refusal(int code, String reason, String message) {
  static Refusal of(int code, String message) {
    var reason =
        switch (code) {
          case 401 -> "Unauthorized";
          case 403 -> "Forbidden";
          case 404 -> "NotFound";
          default -> "Fault";
        };
    return new Refusal(code, reason, message);
  }

  static Refusal invalid(String message) {
    return new Refusal(422, "Invalid", message);
  }

  /**
   * As under {@code fieldValidation=Strict}. Without it a real one drops the field, and warns whom
   * nobody hears: no test should pass with a field that does nothing.
   */
  static Optional<Refusal> ofUnknownFields(JsonNode object) {
    var unknown = UnknownFields.of(object);
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                400,
                "BadRequest",
                "%s in version \"%s\" cannot be handled as a %s: strict decoding error: unknown field %s"
                    .formatted(
                        object.path("kind").asString(""),
                        object.path("apiVersion").asString("").replaceFirst(".*/", ""),
                        object.path("kind").asString(""),
                        unknown)));
  }
}
