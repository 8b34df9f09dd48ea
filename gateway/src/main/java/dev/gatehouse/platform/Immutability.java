package dev.gatehouse.platform;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.platform.ObjectChange.Action;
import dev.gatehouse.platform.objects.KubernetesObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fields that the API server lets nobody change. An object is deleted and made anew for one of
 * them, unless what people have stored would go with it.
 */
final class Immutability {
  private static final Map<String, List<String>> FIELDS =
      Map.ofEntries(
          Map.entry("ClusterRoleBinding", List.of("roleRef")),
          Map.entry("DaemonSet", List.of("spec.selector")),
          Map.entry("Deployment", List.of("spec.selector")),
          Map.entry(
              "Job",
              List.of("spec.template", "spec.selector", "spec.completions", "spec.completionMode")),
          Map.entry("PersistentVolumeClaim", List.of("spec")),
          Map.entry("PriorityClass", List.of("value", "preemptionPolicy")),
          Map.entry("RoleBinding", List.of("roleRef")),
          Map.entry("Secret", List.of("type")),
          Map.entry("Service", List.of("spec.clusterIP")),
          Map.entry(
              "StatefulSet",
              List.of(
                  "spec.volumeClaimTemplates",
                  "spec.selector",
                  "spec.serviceName",
                  "spec.podManagementPolicy")),
          Map.entry(
              "StorageClass",
              List.of("provisioner", "parameters", "reclaimPolicy", "volumeBindingMode")));

  /** A claim may grow. */
  private static final String SIZE = "spec.resources.requests.storage";

  private Immutability() {}

  /** The change as it can be done, or refused. */
  static ObjectChange of(ObjectChange change, KubernetesObject live) {
    var field = frozen(change, live);
    if (field.isEmpty()) {
      return change;
    }
    if (live.holdsData()) {
      return change.refused(
          new Failure.Denied(
              "immutable-with-data",
              "%s: %s cannot be changed, and it is not deleted and made anew since it holds data;"
                      .formatted(change.object(), field.get())
                  + " set the definition back, or move the data yourself"));
    }
    return change.as(Action.REPLACE, field.get() + " cannot be changed");
  }

  private static Optional<String> frozen(ObjectChange change, KubernetesObject live) {
    if (Boolean.TRUE.equals(live.tree().get("immutable"))) {
      return change.fields().stream()
          .map(FieldChange::path)
          .filter(path -> path.startsWith("data") || path.startsWith("binaryData"))
          .findFirst();
    }
    var frozen = FIELDS.getOrDefault(change.object().kind(), List.of());
    return change.fields().stream()
        .filter(field -> frozen.stream().anyMatch(f -> isWithin(field.path(), f)))
        .filter(field -> !isGrowth(field))
        .map(FieldChange::path)
        .findFirst();
  }

  private static boolean isWithin(String path, String field) {
    return path.equals(field) || path.startsWith(field + ".") || path.startsWith(field + "[");
  }

  private static boolean isGrowth(FieldChange field) {
    return field.path().equals(SIZE)
        && field.before().isPresent()
        && field.after().isPresent()
        && Scalars.isMore(field.after().get(), field.before().get());
  }
}
