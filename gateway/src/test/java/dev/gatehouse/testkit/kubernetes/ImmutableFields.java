package dev.gatehouse.testkit.kubernetes;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Fields that cannot be changed, in the words of a real API server (1.26). StatefulSets, Pods and
 * claims have rules of their own in {@link ApiRules}.
 */
final class ImmutableFields {
  private record Field(String pointer, String problem) {
    /** With the value, as a real one prints it; it prints Go's, which nobody reads. */
    static Field immutable(String pointer) {
      return new Field(pointer, "Invalid value: {…}: field is immutable");
    }

    static Field forbidden(String pointer, String words) {
      return new Field(pointer, "Forbidden: " + words);
    }

    String path() {
      return pointer.substring(1).replace('/', '.');
    }
  }

  private static final Map<String, List<Field>> FIELDS =
      Map.ofEntries(
          Map.entry(
              "PriorityClass",
              List.of(Field.forbidden("/value", "may not be changed in an update."))),
          Map.entry("Deployment", List.of(Field.immutable("/spec/selector"))),
          Map.entry("DaemonSet", List.of(Field.immutable("/spec/selector"))),
          Map.entry(
              "Job", List.of(Field.immutable("/spec/selector"), Field.immutable("/spec/template"))),
          Map.entry(
              "StorageClass",
              List.of(
                  Field.forbidden("/parameters", "updates to parameters are forbidden."),
                  Field.forbidden("/provisioner", "updates to provisioner are forbidden."),
                  Field.forbidden("/reclaimPolicy", "updates to reclaimPolicy are forbidden."),
                  Field.immutable("/volumeBindingMode"))),
          Map.entry(
              "RoleBinding",
              List.of(new Field("/roleRef", "Invalid value: {…}: cannot change roleRef"))),
          Map.entry(
              "ClusterRoleBinding",
              List.of(new Field("/roleRef", "Invalid value: {…}: cannot change roleRef"))),
          Map.entry("Secret", List.of(Field.immutable("/type"))));

  private ImmutableFields() {}

  static void check(String kind, JsonNode before, JsonNode wanted, List<String> problems) {
    for (var field : FIELDS.getOrDefault(kind, List.of())) {
      if (!before.at(field.pointer()).equals(wanted.at(field.pointer()))) {
        problems.add(field.path() + ": " + field.problem());
      }
    }
    if ("Service".equals(kind)) {
      clusterIp(before, wanted, problems);
    }
  }

  private static void clusterIp(JsonNode before, JsonNode wanted, List<String> problems) {
    var address = before.at("/spec/clusterIP").asString("");
    if (!address.isEmpty() && !address.equals(wanted.at("/spec/clusterIP").asString(""))) {
      problems.add("spec.clusterIPs[0]: Invalid value: {…}: may not change once set");
    }
  }
}
