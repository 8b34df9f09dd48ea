package dev.gatehouse.platform.values;

import dev.gatehouse.cluster.AwsSettings;
import dev.gatehouse.cluster.AwsSettings.NodeEngine;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.FoundationSettings.Allowance;
import dev.gatehouse.cluster.FoundationSettings.Network;
import dev.gatehouse.cluster.FoundationSettings.Quota;
import dev.gatehouse.cluster.FoundationSettings.StorageClass;
import dev.gatehouse.cluster.KubernetesSettings.Reach;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The values of the chart foundation. */
public final class FoundationValues {
  private FoundationValues() {}

  public static Map<String, Object> of(ClusterDefinition definition) {
    var kubernetes = definition.kubernetes();
    var foundation = kubernetes.foundation();
    var values = new LinkedHashMap<String, Object>();
    values.put("loadBalancer", definition.gateway().deployment().service().loadBalancer().word());
    values.put(
        "workspaces",
        Map.of(
            "namespace", kubernetes.namespace(),
            "root", allowsRoot(definition),
            "portForward", kubernetes.reach() == Reach.FORWARD));
    values.put(
        "nodePools",
        Map.of(
            "karpenter", mayBe(NodeEngine.KARPENTER, definition),
            "autoMode", mayBe(NodeEngine.AUTO_MODE, definition)));
    values.put("quota", quota(foundation.quota()));
    values.put("network", network(foundation.network()));
    var classes = new TreeMap<String, Object>();
    foundation.storageClasses().forEach((name, kind) -> classes.put(name, storageClass(kind)));
    values.put("storageClasses", classes);
    values.put("guardRails", GuardRails.of(definition).limits());
    return values;
  }

  /** Whether that makes the nodes of pools, or is to be found out. */
  private static boolean mayBe(NodeEngine kind, ClusterDefinition definition) {
    return !definition.pools().isEmpty()
        && definition
            .cloud()
            .aws()
            .flatMap(AwsSettings::nodes)
            .filter(named -> named != kind)
            .isEmpty();
  }

  /** Whether people may be root in a workspace of some machine type. */
  static boolean allowsRoot(ClusterDefinition definition) {
    return definition.machineTypes().values().stream().anyMatch(type -> type.hardware().root());
  }

  private static Map<String, Object> quota(Quota quota) {
    return Map.of(
        "pods", quota.pods(),
        "cpu", quota.cpu().text(),
        "memory", quota.memory().text(),
        "gpus", quota.gpus(),
        "gpuResource", quota.gpuResource(),
        "claims", quota.claims(),
        "storage", quota.storage().text());
  }

  /** Where metrics are read from is the chart gatehouse's. */
  private static Map<String, Object> network(Network network) {
    return Map.of(
        "ipv6", network.ipv6(),
        "private", network.privateNetworks().stream().map(Object::toString).toList(),
        "allow", network.allow().stream().map(FoundationValues::allowance).toList());
  }

  static Map<String, Object> allowance(Allowance allowance) {
    var values = new LinkedHashMap<String, Object>();
    values.put("name", allowance.name());
    values.put("cidr", allowance.cidr().toString());
    values.put("ports", allowance.ports().stream().toList());
    values.put(
        "machineTypes", allowance.machineTypes().stream().map(Object::toString).sorted().toList());
    return values;
  }

  static Map<String, Object> storageClass(StorageClass kind) {
    var values = new LinkedHashMap<String, Object>();
    values.put("provisioner", kind.provisioner());
    values.put("parameters", new TreeMap<>(kind.parameters()));
    values.put("reclaimPolicy", kind.reclaimPolicy().word());
    values.put("volumeBindingMode", kind.volumeBindingMode().word());
    values.put("allowVolumeExpansion", kind.allowVolumeExpansion());
    values.put("mountOptions", kind.mountOptions());
    kind.snapshotDriver().ifPresent(driver -> values.put("snapshotDriver", driver));
    return values;
  }
}
