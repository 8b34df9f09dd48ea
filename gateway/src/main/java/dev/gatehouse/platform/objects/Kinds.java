package dev.gatehouse.platform.objects;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How kinds are named in paths of the API. */
final class Kinds {
  private static final Set<String> OF_CLUSTER =
      Set.of(
          "APIService",
          "ClusterRole",
          "ClusterRoleBinding",
          "CSIDriver",
          "CustomResourceDefinition",
          "IngressClass",
          "MutatingWebhookConfiguration",
          "Namespace",
          "Node",
          "PersistentVolume",
          "PriorityClass",
          "RuntimeClass",
          "StorageClass",
          "ValidatingAdmissionPolicy",
          "ValidatingAdmissionPolicyBinding",
          "ValidatingWebhookConfiguration",
          "VolumeSnapshotClass",
          "VolumeSnapshotContent");

  /** Those whose plural is not made by the rule. */
  private static final Map<String, String> PLURALS = Map.of("Endpoints", "endpoints");

  private Kinds() {}

  static boolean isOfCluster(String kind) {
    return OF_CLUSTER.contains(kind);
  }

  /** The word in paths, by the rule that the API server's own kinds follow. */
  static String plural(String kind) {
    var known = PLURALS.get(kind);
    if (known != null) {
      return known;
    }
    var word = kind.toLowerCase(Locale.ROOT);
    if (word.endsWith("s") || word.endsWith("x") || word.endsWith("ch") || word.endsWith("sh")) {
      return word + "es";
    }
    return word.matches(".*[^aeiou]y") ? word.substring(0, word.length() - 1) + "ies" : word + "s";
  }
}
