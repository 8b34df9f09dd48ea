package dev.gatehouse.console.changes;

import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.name.GroupName;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The groups that a definition names. */
final class NamedGroups {
  private NamedGroups() {}

  static NavigableSet<GroupName> of(ClusterDefinition definition) {
    var groups = new TreeSet<GroupName>();
    groups.add(definition.directory().administrators());
    definition.login().rules().forEach(rule -> groups.addAll(rule.groups()));
    definition.machineTypes().values().forEach(type -> groups.addAll(type.groups()));
    definition.apps().values().forEach(app -> groups.addAll(app.groups()));
    return groups;
  }
}
