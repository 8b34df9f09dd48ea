package dev.gatehouse.cluster;

import dev.gatehouse.cluster.ClusterDefinition.DirectorySettings;
import dev.gatehouse.name.GroupName;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The section {@code directory}. */
record DirectoryReader(Section section, Function<ScalarNode, Path> paths) {

  DirectorySettings read() {
    var ldap = Optional.of(section.section("ldap")).filter(s -> !s.keys().isEmpty());
    var settings =
        new DirectorySettings(
            section.get(
                "administrators", Values.name(GroupName::new), new GroupName("gatehouse-admins")),
            ldap.map(s -> new LdapReader(s, paths).read()));
    section.refuseUnknownKeys();
    return settings;
  }
}
