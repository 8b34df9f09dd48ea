package dev.gatehouse.cluster;

import dev.gatehouse.name.AppName;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import java.util.ArrayList;
import java.util.List;
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
  public record DirectorySettings(GroupName administrators, Optional<LdapSettings> ldap) {}

  public ClusterDefinition withGateway(GatewaySettings other) {
    return new ClusterDefinition(
        other, login, limits, directory, workspaces, machineTypes, apps, kubernetes);
  }

  /** The keys that a gateway which runs with another definition cannot take over. */
  List<String> needingRestart(ClusterDefinition running) {
    var keys = new ArrayList<>(gateway.needingRestart(running.gateway));
    if (!directory.ldap().equals(running.directory.ldap())) {
      keys.add("directory.ldap");
    }
    keys.addAll(kubernetes.differing(running.kubernetes));
    return keys;
  }

  /** With the values of {@link #needingRestart}'s keys that are in force. */
  ClusterDefinition startedAs(ClusterDefinition running) {
    return new ClusterDefinition(
        gateway.listeningAs(running.gateway),
        login,
        limits,
        new DirectorySettings(directory.administrators(), running.directory.ldap()),
        workspaces,
        machineTypes,
        apps,
        running.kubernetes);
  }

  /** The type named by {@link WorkspaceSettings#defaultType}; it always exists. */
  public MachineType defaultType() {
    return Objects.requireNonNull(machineTypes.get(workspaces.defaultType()));
  }
}
