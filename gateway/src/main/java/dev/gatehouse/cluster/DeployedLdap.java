package dev.gatehouse.cluster;

import dev.gatehouse.cluster.LdapSettings.Bind;
import dev.gatehouse.cluster.LdapSettings.Cache;
import dev.gatehouse.cluster.LdapSettings.Ids;
import dev.gatehouse.cluster.LdapSettings.Server;
import dev.gatehouse.name.AppName;
import dev.gatehouse.name.GroupName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * How the gateway and people reach a directory that the platform runs. The names are those of the
 * chart {@code k8s/directory}; the two files are in the Secret {@code gatehouse-directory}, which
 * is mounted beside the definition.
 */
final class DeployedLdap {
  private static final int LDAPS = 1636;
  private static final AppName WEB_UI = new AppName("ldap-ui");

  private DeployedLdap() {}

  static LdapSettings of(DeployedDirectory deployed, String namespace, FilePaths paths) {
    return new LdapSettings(
        IntStream.range(0, deployed.servers()).mapToObj(i -> server(i, namespace)).toList(),
        false,
        Optional.of(paths.beside("ldap-ca.pem")),
        new Bind.Simple("cn=gateway,cn=services", paths.beside("ldap-password")),
        LdapReader.TIMEOUT,
        false,
        LdapSchema.usual(LdapSchema.Kind.RFC2307BIS, deployed.base()),
        Ids.DEFAULT,
        Cache.DEFAULT);
  }

  /** The pods of the StatefulSet {@code directory}, each by its own name. */
  private static Server server(int number, String namespace) {
    return new Server("directory-%d.directory.%s.svc".formatted(number, namespace), LDAPS, true);
  }

  /** Where people and groups are changed in a browser; for administrators alone. */
  static App webUi(GroupName administrators) {
    return new App(
        WEB_UI,
        "People and groups in the browser",
        WEB_UI.value(),
        new TreeSet<>(List.of(80)),
        Set.of(administrators));
  }
}
