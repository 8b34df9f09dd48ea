package dev.gatehouse.platform;

import dev.gatehouse.platform.ObjectChange.Action;
import java.util.stream.Stream;

/** Which programs a change restarts, and what people notice of it. */
final class Restarts {
  private Restarts() {}

  static Stream<String> of(ObjectChange change) {
    var restarts =
        switch (change.action()) {
          case CREATE, DELETE -> false;
          case REPLACE -> true;
          case CHANGE ->
              change.fields().stream().anyMatch(f -> f.path().startsWith("spec.template."));
        };
    return restarts ? Stream.of(change).flatMap(Restarts::sentence) : Stream.empty();
  }

  private static Stream<String> sentence(ObjectChange change) {
    var name = change.object().name();
    return switch (change.object().kind()) {
      case "Deployment" -> Stream.of(deployment(name, change.action()));
      case "StatefulSet" ->
          Stream.of(
              name.equals("directory")
                  ? "the directory restarts: for a moment nobody new gets in, and who is in stays"
                  : name + " restarts");
      default -> Stream.empty();
    };
  }

  private static String deployment(String name, Action action) {
    return switch (name) {
      case "gatehouse" ->
          action == Action.REPLACE
              ? "all gateways go and come back: every session ends"
              : "gateways are replaced one by one: open sessions are told, and have the time of"
                  + " gateway.drain";
      case "gatehouse-operator" -> "the operator restarts, which nobody notices";
      default -> name + " restarts";
    };
  }
}
