package dev.gatehouse.cluster;

import dev.gatehouse.cluster.ClusterDefinition.DirectorySettings;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.GroupName;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The section {@code directory}. */
record DirectoryReader(Section section, Function<ScalarNode, Path> paths) {
  private static final int LDAP = 389;
  private static final int LDAPS = 636;
  private static final int MAX_DN = 500;

  DirectorySettings read() {
    var ldap = Optional.of(section.section("ldap")).filter(s -> !s.keys().isEmpty());
    var settings =
        new DirectorySettings(
            section.get(
                "administrators", Values.name(GroupName::new), new GroupName("gatehouse-admins")),
            ldap.map(this::ldap));
    section.refuseUnknownKeys();
    return settings;
  }

  private LdapSettings ldap(Section ldap) {
    ldap.require("servers", "list one or more, such as ldaps://ldap.example.com");
    ldap.require("base", "name the DN above ou=people and ou=groups");
    ldap.require("bindDn", "name the entry that the gateway binds as");
    ldap.require("bindPasswordFile", "name the file with its password");
    var settings =
        new LdapSettings(
            ldap.list("servers", DirectoryReader::server, "list one or more"),
            ldap.get("base", Values.line(MAX_DN), ""),
            ldap.get("bindDn", Values.line(MAX_DN), ""),
            ldap.get("bindPasswordFile", paths, Path.of("")),
            ldap.get("ca", paths));
    ldap.refuseUnknownKeys();
    return settings;
  }

  private static LdapSettings.Server server(ScalarNode node) {
    try {
      var uri = new URI(node.getValue());
      var scheme = Objects.requireNonNullElse(uri.getScheme(), "");
      if (Set.of("ldap", "ldaps").contains(scheme)
          && uri.getHost() != null
          && Optional.ofNullable(uri.getPath()).orElse("").isEmpty()) {
        var tls = scheme.equals("ldaps");
        var usual = tls ? LDAPS : LDAP;
        return new LdapSettings.Server(
            uri.getHost(), uri.getPort() < 0 ? usual : uri.getPort(), tls);
      }
    } catch (URISyntaxException e) {
      // As for any other text.
    }
    throw UserError.usage(
        "must be a server such as ldaps://ldap.example.com or ldap://10.0.0.3:389, not %s"
            .formatted(Quote.of(node.getValue())));
  }
}
