package dev.gatehouse.cluster;

import dev.gatehouse.cluster.ClusterDefinition.DirectorySettings;
import dev.gatehouse.name.GroupName;
import java.util.Optional;

/**
 * The section {@code directory}.
 *
 * @param paths of the files that it names
 * @param namespace of the gateway, in which a directory is deployed
 */
record DirectoryReader(Section section, FilePaths paths, String namespace, References references) {

  DirectorySettings read() {
    var deployed = deployed();
    var ldap = ldap();
    if (deployed.isPresent() && ldap.isPresent()) {
      section.refuse("ldap", "stands beside directory.deployed; keep one of them");
    }
    var settings =
        new DirectorySettings(
            section.get("administrators", references::group, new GroupName("gatehouse-admins")),
            deployed.map(d -> DeployedLdap.of(d, namespace, paths)).or(() -> ldap),
            deployed);
    section.refuseUnknownKeys();
    return settings;
  }

  private Optional<LdapSettings> ldap() {
    return Optional.of(section.section("ldap"))
        .filter(s -> !s.keys().isEmpty())
        .map(s -> new LdapReader(s, paths).read());
  }

  /** The key alone is enough: all of it has defaults. */
  private Optional<DeployedDirectory> deployed() {
    var deployed = section.section("deployed");
    return section.has("deployed")
        ? Optional.of(new DeployedDirectoryReader(deployed).read())
        : Optional.empty();
  }
}
