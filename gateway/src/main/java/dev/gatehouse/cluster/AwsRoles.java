package dev.gatehouse.cluster;

import dev.gatehouse.name.MachineTypeName;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * The roles of IAM for what runs in the cluster.
 *
 * @param permissionsBoundary the ARN of a policy that bounds each of them
 * @param workspaces those of workspaces, by machine type
 */
public record AwsRoles(
    Optional<String> permissionsBoundary, NavigableMap<MachineTypeName, WorkspaceRole> workspaces) {

  /**
   * What the workspaces of a machine type may do in the account.
   *
   * @param read the names of buckets that they may read
   * @param write the names of buckets that they may read and write
   * @param policies the ARNs of more policies
   */
  public record WorkspaceRole(List<String> read, List<String> write, List<String> policies) {}
}
