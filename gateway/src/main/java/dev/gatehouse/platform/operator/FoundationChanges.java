package dev.gatehouse.platform.operator;

import dev.gatehouse.platform.FieldChange;
import dev.gatehouse.platform.FieldChanges;
import dev.gatehouse.platform.helm.DeployedRelease;
import dev.gatehouse.platform.helm.Release;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a definition would change of the foundation, in the definition's words. */
final class FoundationChanges {
  private static final String GUARD_RAILS = "guardRails";

  private FoundationChanges() {}

  static List<String> between(DeployedRelease deployed, Release wanted) {
    return FieldChanges.between(
            withoutGuardRails(deployed.values()), withoutGuardRails(wanted.values()))
        .stream()
        .map(FoundationChanges::sentence)
        .toList();
  }

  private static Map<String, Object> withoutGuardRails(Map<String, Object> values) {
    var rest = new LinkedHashMap<>(values);
    rest.remove(GUARD_RAILS);
    return rest;
  }

  private static String sentence(FieldChange change) {
    return "%s %s → %s waits for gatehouse apply by a person with credentials"
        .formatted(
            setting(change.path()), change.before().orElse("none"), change.after().orElse("none"));
  }

  /** The setting that a value is computed from. */
  private static String setting(String value) {
    return switch (value) {
      case "workspaces.namespace" -> "kubernetes.namespace";
      case "workspaces.root" -> "machineTypes.root";
      case "workspaces.portForward" -> "kubernetes.reach";
      case "nodePools.karpenter" -> "cloud.aws.nodes (rights on Karpenter's NodePools)";
      case "nodePools.autoMode" -> "cloud.aws.nodes (rights on the NodePools of EKS Auto Mode)";
      case "loadBalancer" -> "gateway.service.loadBalancer";
      default -> "kubernetes." + value;
    };
  }
}
