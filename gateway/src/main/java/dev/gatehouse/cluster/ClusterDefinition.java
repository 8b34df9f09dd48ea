package dev.gatehouse.cluster;

import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import java.util.NavigableMap;
import java.util.Objects;

/**
 * The whole of cluster.yaml, checked: every reference in it leads somewhere.
 *
 * @param machineTypes by name; never empty
 */
public record ClusterDefinition(
    GatewaySettings gateway,
    LoginSettings login,
    Limits limits,
    DirectorySettings directory,
    WorkspaceSettings workspaces,
    NavigableMap<MachineTypeName, MachineType> machineTypes) {

  /**
   * @param administrators the group whose members may use administrators' commands
   */
  public record DirectorySettings(GroupName administrators) {}

  public ClusterDefinition withGateway(GatewaySettings other) {
    return new ClusterDefinition(other, login, limits, directory, workspaces, machineTypes);
  }

  /** The type named by {@link WorkspaceSettings#defaultType}; it always exists. */
  public MachineType defaultType() {
    return Objects.requireNonNull(machineTypes.get(workspaces.defaultType()));
  }
}
