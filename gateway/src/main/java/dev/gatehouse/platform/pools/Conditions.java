package dev.gatehouse.platform.pools;

import dev.gatehouse.platform.objects.KubernetesObject;
import dev.gatehouse.platform.objects.Trees;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What an object says of itself. */
final class Conditions {
  private Conditions() {}

  static Optional<Map<String, Object>> of(KubernetesObject object, String type) {
    return Trees.list(object.status().get("conditions")).stream()
        .map(Trees::map)
        .filter(condition -> type.equals(condition.get("type")))
        .findFirst();
  }

  static boolean isTrue(Map<String, Object> condition) {
    return "True".equals(condition.get("status"));
  }

  static boolean isFalse(Map<String, Object> condition) {
    return "False".equals(condition.get("status"));
  }

  static Optional<Instant> since(Map<String, Object> condition) {
    return moment(Trees.text(condition.get("lastTransitionTime")));
  }

  static Optional<Instant> moment(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
