package dev.gatehouse.cluster;

import static dev.gatehouse.cluster.InForceAfter.What.ANSWER;

import dev.gatehouse.name.AppName;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.name.StorageName;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;

/**
 * The whole of cluster.yaml, checked: every reference in it leads somewhere.
 *
 * @param machineTypes by name; never empty
 * @param apps by name
 * @param pools by name; empty where nobody has said which nodes there are
 * @param storage volumes that the platform makes, by name
 * @param readOnly where a site changes the definition, if it does so elsewhere than in the console;
 *     a sentence for people
 */
public record ClusterDefinition(
    GatewaySettings gateway,
    LoginSettings login,
    Limits limits,
    DirectorySettings directory,
    WorkspaceSettings workspaces,
    NavigableMap<MachineTypeName, MachineType> machineTypes,
    NavigableMap<AppName, App> apps,
    KubernetesSettings kubernetes,
    ImageSettings images,
    NavigableMap<PoolName, Pool> pools,
    CloudSettings cloud,
    CostSettings costs,
    NavigableMap<StorageName, Storage> storage,
    Optional<String> readOnly) {

  /**
   * @param administrators the group whose members may use administrators' commands
   * @param ldap the servers that the gateway asks; absent where the directory is inside the gateway
   * @param deployed what the platform runs itself; {@code ldap} is how the gateway reaches it then
   */
  public record DirectorySettings(
      GroupName administrators,
      @InForceAfter(ANSWER) Optional<LdapSettings> ldap,
      Optional<DeployedDirectory> deployed) {}

  public ClusterDefinition withGateway(GatewaySettings other) {
    return new ClusterDefinition(
        other,
        login,
        limits,
        directory,
        workspaces,
        machineTypes,
        apps,
        kubernetes,
        images,
        pools,
        cloud,
        costs,
        storage,
        readOnly);
  }

  /** The type named by {@link WorkspaceSettings#defaultType}; it always exists. */
  public MachineType defaultType() {
    return Objects.requireNonNull(machineTypes.get(workspaces.defaultType()));
  }
}
