package dev.gatehouse.cluster;

import dev.gatehouse.cluster.AwsRoles.WorkspaceRole;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.MachineTypeName;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The section {@code cloud.aws.roles}.
 *
 * @param references to machine types
 */
record AwsRolesReader(Section section, References references) {
  private static final Pattern POLICY =
      Pattern.compile("arn:aws[a-z-]{0,20}:iam::([0-9]{12}|aws):policy/[\\w+=,.@/-]{1,576}");
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  AwsRoles read() {
    var workspaces = new TreeMap<MachineTypeName, WorkspaceRole>();
    var types = section.section("workspaces");
    for (var key : types.keys()) {
      var role = types.section(key);
      types.key(key, this::machineType).ifPresent(type -> workspaces.put(type, role(role)));
    }
    var roles =
        new AwsRoles(
            section.get("permissionsBoundary", AwsReader.matching(POLICY, "the ARN of a policy")),
            Collections.unmodifiableNavigableMap(workspaces));
    section.refuseUnknownKeys();
    return roles;
  }

  private MachineTypeName machineType(String key) {
    if (!references.machineTypes().contains(key)) {
      throw UserError.usage(
          "%s is none of the machineTypes%s"
              .formatted(Quote.of(key), Suggestion.among(references.machineTypes(), key)));
    }
    return new MachineTypeName(key);
  }

  private static WorkspaceRole role(Section section) {
    var bucket = AwsReader.matching(BUCKET, "the name of a bucket");
    var role =
        new WorkspaceRole(
            section.list("read", bucket).orElse(List.of()),
            section.list("write", bucket).orElse(List.of()),
            section
                .list("policies", AwsReader.matching(POLICY, "the ARN of a policy"))
                .orElse(List.of()));
    section.refuseUnknownKeys();
    return role;
  }
}
