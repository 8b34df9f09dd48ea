package dev.gatehouse.cluster;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.name.StorageName;
import java.util.Set;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Readers of names that must lead to another part of the file; they throw as {@link Values}' do.
 *
 * @param machineTypes the names of all machine types
 * @param pools the names of all pools
 * @param storage the names of all storage
 * @param awsRoles the names of machine types for which the platform makes roles of IAM
 * @param problems which note what names a group
 */
record References(
    Set<String> machineTypes,
    Set<String> pools,
    Set<String> storage,
    Set<String> awsRoles,
    Problems problems) {
  static References to(
      Section machineTypes, Section pools, Section storage, Section cloud, Problems problems) {
    var types = machineTypes.keys();
    return new References(
        types.isEmpty() ? Set.of(MachineTypesReader.STANDARD.value()) : types,
        pools.keys(),
        storage.keys(),
        cloud.section("aws").section("roles").section("workspaces").keys(),
        problems);
  }

  MachineTypeName machineType(ScalarNode node) {
    require(node, "machineTypes", machineTypes);
    return Values.name(MachineTypeName::new).apply(node);
  }

  PoolName pool(ScalarNode node) {
    require(node, "pools", pools);
    return Values.name(PoolName::new).apply(node);
  }

  StorageName storage(ScalarNode node) {
    require(node, "storage", storage);
    return Values.name(StorageName::new).apply(node);
  }

  /** A group, of which only a directory knows whether it is there. */
  GroupName group(ScalarNode node) {
    var group = Values.name(GroupName::new).apply(node);
    problems.names(node.getStartMark(), group);
    return group;
  }

  private static void require(ScalarNode node, String section, Set<String> known) {
    if (!known.contains(node.getValue())) {
      throw UserError.usage(
          "is %s, which is none of the %s%s"
              .formatted(
                  Quote.of(node.getValue()), section, Suggestion.among(known, node.getValue())));
    }
  }
}
