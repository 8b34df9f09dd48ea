package dev.gatehouse.platform.objects;

import java.util.Map;

/**
 * An object as a tree of maps, lists, texts, numbers and booleans.
 *
 * @param tree holds no null: a field without a value is left out, which means the same
 */
public record KubernetesObject(ObjectKey key, Map<String, Object> tree) {
  private static final String KEEP = "helm.sh/resource-policy";
  private static final String HOOK = "helm.sh/hook";
  private static final String RELEASE_NAME = "meta.helm.sh/release-name";
  private static final String RELEASE_NAMESPACE = "meta.helm.sh/release-namespace";
  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  public Map<String, Object> metadata() {
    return Trees.map(tree.get("metadata"));
  }

  public Map<String, Object> annotations() {
    return Trees.map(metadata().get("annotations"));
  }

  public Map<String, Object> labels() {
    return Trees.map(metadata().get("labels"));
  }

  public Map<String, Object> spec() {
    return Trees.map(tree.get("spec"));
  }

  public Map<String, Object> status() {
    return Trees.map(tree.get("status"));
  }

  /** Whether Helm leaves it in the cluster when its release goes or no longer has it. */
  public boolean isKept() {
    return "keep".equals(annotations().get(KEEP));
  }

  /** Whether it is no part of a release, but runs beside an install or upgrade. */
  public boolean isHook() {
    return annotations().containsKey(HOOK);
  }

  /** Whether its deletion has begun and waits for something. */
  public boolean isEnding() {
    return metadata().containsKey("deletionTimestamp");
  }

  /** Whether what people stored goes with it. */
  public boolean holdsData() {
    return switch (key.kind()) {
      case "PersistentVolumeClaim", "PersistentVolume", "Namespace", "CustomResourceDefinition" ->
          true;
      case "StatefulSet" -> spec().containsKey("volumeClaimTemplates");
      default -> false;
    };
  }

  /** Whether Helm takes it for an object of that release. */
  public boolean isOf(String releaseNamespace, String release) {
    return release.equals(annotations().get(RELEASE_NAME))
        && releaseNamespace.equals(annotations().get(RELEASE_NAMESPACE))
        && "Helm".equals(labels().get(MANAGED_BY));
  }

  /** Who looks after it, as far as it says. */
  public String owner() {
    var release = annotations().get(RELEASE_NAME);
    if (release != null) {
      return "Helm's release %s/%s".formatted(annotations().get(RELEASE_NAMESPACE), release);
    }
    var manager = labels().get(MANAGED_BY);
    return manager == null ? "somebody who does not say" : String.valueOf(manager);
  }

  /** The labels and annotations by which Helm takes an object for one of a release. */
  public static Map<String, Object> ownership(String releaseNamespace, String release) {
    return Map.of(
        "labels", Map.of(MANAGED_BY, "Helm"),
        "annotations", Map.of(RELEASE_NAME, release, RELEASE_NAMESPACE, releaseNamespace));
  }
}
