package dev.gatehouse.platform.values;

import dev.gatehouse.cluster.AwsFileSystem;
import dev.gatehouse.cluster.AwsKubernetes;
import dev.gatehouse.cluster.AwsNetwork.ExistingNetwork;
import dev.gatehouse.cluster.AwsNetwork.NewNetwork;
import dev.gatehouse.cluster.AwsRoles;
import dev.gatehouse.cluster.AwsSettings;
import java.util.Map;

/**
 * What a definition says of the account. The operator has no right on stacks: whatever differs from
 * what a person has applied waits for one, and is named here so that the status says it.
 */
final class CloudRails {
  private static final String AWS = "cloud.aws.";

  private CloudRails() {}

  static void of(AwsSettings aws, Map<String, Object> asked) {
    asked.put(AWS + "region", aws.region());
    asked.put(AWS + "account", aws.account().orElse("any"));
    asked.put(AWS + "cluster", aws.cluster());
    aws.network()
        .ifPresent(
            network ->
                asked.put(
                    AWS + "network",
                    switch (network) {
                      case NewNetwork made ->
                          "%s, zones %s, natGateways %s, privateEndpoints %s"
                              .formatted(
                                  made.cidr(),
                                  made.zones(),
                                  made.natGateways().word(),
                                  made.privateEndpoints());
                      case ExistingNetwork there ->
                          "%s %s".formatted(there.vpc(), there.privateSubnets());
                    }));
    aws.kubernetes().ifPresent(kubernetes -> kubernetes(kubernetes, asked));
    aws.fileSystem().ifPresent(files -> asked.put(AWS + "fileSystem", files(files)));
    if (!aws.buckets().isEmpty()) {
      asked.put(AWS + "buckets", aws.buckets().stream().sorted().map(Enum::name).toList());
    }
    aws.roles().ifPresent(roles -> roles(roles, asked));
  }

  private static void kubernetes(AwsKubernetes kubernetes, Map<String, Object> asked) {
    var path = AWS + "kubernetes.";
    asked.put(path + "version", kubernetes.version().orElse("the newest at first"));
    asked.put(path + "autoMode", kubernetes.autoMode());
    asked.put(path + "extendedSupport", kubernetes.extendedSupport());
    asked.put(
        path + "publicAccessFrom",
        kubernetes.publicAccessFrom().stream().map(Object::toString).sorted().toList());
    asked.put(path + "administrators", kubernetes.administrators().stream().sorted().toList());
    var system = kubernetes.system();
    asked.put(
        path + "system",
        "%s, %d to %d, disk %s, image %s"
            .formatted(
                system.instanceTypes(),
                system.min(),
                system.max(),
                system.disk().text(),
                system.image()));
  }

  private static String files(AwsFileSystem files) {
    return files.id().orElse("a new one, backups " + files.backups());
  }

  private static void roles(AwsRoles roles, Map<String, Object> asked) {
    asked.put(AWS + "roles.permissionsBoundary", roles.permissionsBoundary().orElse("none"));
    roles
        .workspaces()
        .forEach(
            (type, role) ->
                asked.put(
                    AWS + "roles.workspaces." + type,
                    "read %s, write %s, policies %s"
                        .formatted(role.read(), role.write(), role.policies())));
  }
}
