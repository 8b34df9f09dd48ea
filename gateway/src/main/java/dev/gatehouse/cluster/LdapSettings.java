package dev.gatehouse.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A site's own LDAP servers.
 *
 * @param servers all hold the same; the first that answers is asked
 * @param startTls whether connections that begin in clear are encrypted before anything is said
 *     (RFC 4511, 4.14)
 * @param ca certificates (PEM) that the servers' are checked against; Java's own, if empty
 * @param bind who the gateway is to the servers
 * @param timeout how long a server may take to connect or to answer
 * @param readOnly whether the gateway must not try to change people
 * @param ids what new people and groups are numbered from
 */
public record LdapSettings(
    List<Server> servers,
    boolean startTls,
    Optional<Path> ca,
    Bind bind,
    Duration timeout,
    boolean readOnly,
    LdapSchema schema,
    Ids ids,
    Cache cache) {

  /**
   * @param tls whether TLS begins at once ({@code ldaps})
   */
  public record Server(String host, int port, boolean tls) {
    @Override
    public String toString() {
      return "%s://%s:%d".formatted(tls ? "ldaps" : "ldap", host, port);
    }
  }

  /** How the gateway proves who it is. The files are read again for each connection. */
  public sealed interface Bind {
    /**
     * A name and a password (RFC 4513, 5.1.3).
     *
     * @param dn the entry that the gateway is
     */
    record Simple(String dn, Path passwordFile) implements Bind {}

    /**
     * The client certificate of the TLS connection (SASL EXTERNAL, RFC 4422, appendix A); both
     * files are PEM.
     */
    record External(Path certificate, Path key) implements Bind {}
  }

  /**
   * Numbers that may be given out, both ends included.
   *
   * @param users for {@code uidNumber}
   * @param groups for {@code gidNumber}
   */
  public record Ids(Range users, Range groups) {
    /** Above what distributions use, below {@code nobody}. */
    public static final Ids DEFAULT = new Ids(new Range(10000, 59999), new Range(10000, 59999));
  }

  public record Range(int first, int last) {}

  /**
   * What is remembered of people, never of passwords.
   *
   * @param maxAge how old an answer may be while a server can be reached
   * @param offlineFor how long who is known gets in while none can
   */
  public record Cache(Duration maxAge, Duration offlineFor) {
    public static final Cache DEFAULT = new Cache(Duration.ofSeconds(30), Duration.ofHours(12));
  }
}
