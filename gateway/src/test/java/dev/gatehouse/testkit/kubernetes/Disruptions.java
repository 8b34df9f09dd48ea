package dev.gatehouse.testkit.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a real API server says to an eviction ({@code policy/v1}): it keeps PodDisruptionBudgets, as
 * {@code pkg/registry/core/pod/storage/eviction.go} does with what the disruption controller has
 * counted.
 */
final class Disruptions {
  static final Pattern EVICTION =
      Pattern.compile("(/api/v1/namespaces/([^/]+)/pods/([^/]+))/eviction");

  private static final JsonMapper JSON = new JsonMapper();

  private Disruptions() {}

  /** An answer that refuses: its code, and the Status. */
  record Refused(int code, String status) {}

  /**
   * @param pod what is to be evicted, if it is there
   * @param pods of its namespace
   * @param budgets of its namespace
   */
  static Optional<Refused> refusal(
      JsonNode eviction, Optional<JsonNode> pod, List<JsonNode> pods, List<JsonNode> budgets) {
    var name = eviction.at("/metadata/name").asString("");
    if (!eviction.path("apiVersion").asString("").equals("policy/v1")
        || !eviction.path("kind").asString("").equals("Eviction")) {
      return refused(400, "BadRequest", "the object is no Eviction of policy/v1", Stream.of());
    }
    if (pod.isEmpty()) {
      return refused(404, "NotFound", "pods \"%s\" not found".formatted(name), Stream.of());
    }
    var uid = eviction.at("/deleteOptions/preconditions/uid").asString("");
    if (!uid.isEmpty() && !uid.equals(pod.get().at("/metadata/uid").asString(""))) {
      return refused(409, "Conflict", "the UID in the precondition does not match", Stream.of());
    }
    return isFree(pod.get()) ? Optional.empty() : byBudget(pod.get(), pods, budgets);
  }

  /** A pod that does not run, or ends already, disturbs nobody. */
  private static boolean isFree(JsonNode pod) {
    return pod.at("/metadata").has("deletionTimestamp")
        || List.of("Pending", "Succeeded", "Failed").contains(pod.at("/status/phase").asString(""));
  }

  private static Optional<Refused> byBudget(
      JsonNode pod, List<JsonNode> pods, List<JsonNode> budgets) {
    var own = budgets.stream().filter(b -> selects(b, pod)).toList();
    if (own.size() > 1) {
      return refused(
          500,
          "InternalError",
          "This pod has more than one PodDisruptionBudget, which the eviction subresource does not"
              + " support.",
          Stream.of());
    }
    if (own.isEmpty()) {
      return Optional.empty();
    }
    var budget = own.getFirst();
    var all = pods.stream().filter(p -> selects(budget, p)).toList();
    var healthy = all.stream().filter(Disruptions::isHealthy).count();
    var desired = desired(budget.path("spec"), all.size());
    return healthy > desired
        ? Optional.empty()
        : refused(
            429,
            "TooManyRequests",
            "Cannot evict pod as it would violate the pod's disruption budget.",
            Stream.of(
                "The disruption budget %s needs %d healthy pods and has %d currently"
                    .formatted(budget.at("/metadata/name").asString(), desired, healthy)));
  }

  private static boolean selects(JsonNode budget, JsonNode pod) {
    var labels = budget.at("/spec/selector/matchLabels");
    return labels.isObject()
        && labels
            .propertyStream()
            .allMatch(
                label -> label.getValue().equals(pod.at("/metadata/labels").path(label.getKey())));
  }

  private static boolean isHealthy(JsonNode pod) {
    return !pod.at("/metadata").has("deletionTimestamp")
        && pod.at("/status/conditions")
            .valueStream()
            .anyMatch(
                c ->
                    c.path("type").asString("").equals("Ready")
                        && c.path("status").asString("").equals("True"));
  }

  private static long desired(JsonNode spec, int all) {
    return spec.has("minAvailable")
        ? number(spec.path("minAvailable"), all)
        : Math.max(0, all - number(spec.path("maxUnavailable"), all));
  }

  private static long number(JsonNode amount, int all) {
    var text = amount.asString("0");
    return text.endsWith("%")
        ? (long) Math.ceil(all * Integer.parseInt(text.replace("%", "")) / 100.0)
        : Long.parseLong(text);
  }

  private static Optional<Refused> refused(
      int code, String reason, String message, Stream<String> causes) {
    var status = JSON.createObjectNode();
    status.put("kind", "Status").put("apiVersion", "v1").put("status", "Failure");
    status.put("reason", reason).put("message", message).put("code", code);
    var details = status.withObject("/details").withArray("/causes");
    var all = new ArrayList<String>(causes.toList());
    all.forEach(
        cause -> details.addObject().put("reason", "DisruptionBudget").put("message", cause));
    return Optional.of(new Refused(code, status.toString()));
  }
}
