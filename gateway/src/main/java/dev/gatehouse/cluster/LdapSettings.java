package dev.gatehouse.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A site's own LDAP servers.
 *
 * @param servers all hold the same; the first that answers is asked
 * @param base the DN above {@code ou=people} and {@code ou=groups}
 * @param bindDn as whom the gateway reads and changes people
 * @param ca certificates that the servers' are checked against; Java's own, if empty
 */
public record LdapSettings(
    List<Server> servers, String base, String bindDn, Path bindPasswordFile, Optional<Path> ca) {

  /**
   * @param tls whether TLS begins at once ({@code ldaps})
   */
  public record Server(String host, int port, boolean tls) {}
}
