package dev.gatehouse.cluster;

import static dev.gatehouse.cluster.InForceAfter.What.ANSWER;

import dev.gatehouse.name.AppName;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;

/**
 * The whole of cluster.yaml, checked: every reference in it leads somewhere.
 *
 * @param machineTypes by name; never empty
 * @param apps by name
 */
public record ClusterDefinition(
    GatewaySettings gateway,
    LoginSettings login,
    Limits limits,
    DirectorySettings directory,
    WorkspaceSettings workspaces,
    NavigableMap<MachineTypeName, MachineType> machineTypes,
    NavigableMap<AppName, App> apps,
    KubernetesSettings kubernetes) {

  /**
   * @param administrators the group whose members may use administrators' commands
   * @param ldap absent where the directory is inside the gateway
   */
  public record DirectorySettings(
      GroupName administrators, @InForceAfter(ANSWER) Optional<LdapSettings> ldap) {}

  public ClusterDefinition withGateway(GatewaySettings other) {
    return new ClusterDefinition(
        other, login, limits, directory, workspaces, machineTypes, apps, kubernetes);
  }

  /** The type named by {@link WorkspaceSettings#defaultType}; it always exists. */
  public MachineType defaultType() {
    return Objects.requireNonNull(machineTypes.get(workspaces.defaultType()));
  }
}
