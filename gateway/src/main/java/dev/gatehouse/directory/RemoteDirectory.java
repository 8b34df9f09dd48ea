package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.GetEntryLDAPConnectionPoolHealthCheck;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.JVMDefaultTrustManager;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import dev.gatehouse.cluster.LdapSettings;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.file.TextFile;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStoreException;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.SocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A site's own LDAP servers, of the form of rfc2307bis. A pool of connections each for questions
 * and for checking passwords; a server that does not answer is left for the next.
 */
public final class RemoteDirectory implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 8;
  private static final int MAX_PASSWORD_BYTES = 4096;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration BACK_TO_FIRST = Duration.ofMinutes(5);

  private final LDAPConnectionPool pool;
  private final LDAPConnectionPool binds;
  private final Directory directory;
  private final PeopleAdministration administration;

  private RemoteDirectory(
      LDAPConnectionPool pool, LDAPConnectionPool binds, String base, InstantSource clock) {
    this.pool = pool;
    this.binds = binds;
    var tree = Tree.below(base);
    this.directory =
        new LdapDirectory(
            pool::search,
            (dn, password) -> binds.bindAndRevertAuthentication(dn, password),
            tree,
            clock);
    this.administration = new LdapAdministration(tree, pool, change -> change.on(pool), directory);
  }

  /**
   * Makes the pools; servers that do not answer now are asked again when somebody is looked up.
   *
   * @throws UserError if the password or the certificates cannot be read
   */
  public static RemoteDirectory open(LdapSettings settings, InstantSource clock) {
    var servers = servers(settings);
    var password =
        TextFile.read(
                settings.bindPasswordFile(), "password file", MAX_PASSWORD_BYTES, ExitCode.CONFIG)
            .strip();
    return new RemoteDirectory(
        pool(servers, new SimpleBindRequest(settings.bindDn(), password), settings),
        pool(servers, new SimpleBindRequest(), settings),
        settings.base(),
        clock);
  }

  /** The people in it. */
  public Directory directory() {
    return directory;
  }

  /** The same people, for who may change them. */
  public PeopleAdministration administration() {
    return administration;
  }

  @Override
  public void close() {
    pool.close();
    binds.close();
  }

  private static LDAPConnectionPool pool(
      ServerSet servers, SimpleBindRequest bind, LdapSettings settings) {
    try {
      // No connection at first: the gateway comes up while the directory is away.
      var pool =
          new LDAPConnectionPool(
              servers, bind, 0, MAX_CONNECTIONS, 0, null, false, healthCheck(settings));
      pool.setRetryFailedOperationsDueToInvalidConnections(true);
      pool.setMaxWaitTimeMillis(TIMEOUT.toMillis());
      return pool;
    } catch (LDAPException e) {
      throw new UserError(ExitCode.CONFIG, "directory.ldap: " + LdapFailures.describe(e));
    }
  }

  /** A connection that was idle is tried before it is used. */
  private static GetEntryLDAPConnectionPoolHealthCheck healthCheck(LdapSettings settings) {
    return new GetEntryLDAPConnectionPoolHealthCheck(
        settings.base(), TIMEOUT.toMillis(), false, false, false, true, false);
  }

  private static ServerSet servers(LdapSettings settings) {
    var options = new LDAPConnectionOptions();
    options.setConnectTimeoutMillis((int) TIMEOUT.toMillis());
    options.setResponseTimeoutMillis(TIMEOUT.toMillis());
    options.setUseSynchronousMode(true);
    options.setFollowReferrals(false);
    options.setUseKeepAlive(true);
    options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(false));
    var sets =
        settings.servers().stream()
            .map(
                s ->
                    (ServerSet)
                        new SingleServerSet(s.host(), s.port(), sockets(s, settings), options))
            .toArray(ServerSet[]::new);
    var failover = new FailoverServerSet(sets);
    failover.setMaxFailoverConnectionAgeMillis(BACK_TO_FIRST.toMillis());
    return failover;
  }

  private static SocketFactory sockets(LdapSettings.Server server, LdapSettings settings) {
    if (!server.tls()) {
      return SocketFactory.getDefault();
    }
    try {
      return new SSLUtil(trust(settings)).createSSLSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new UserError(
          ExitCode.CONFIG,
          "directory.ldap.ca cannot be used: " + Quote.plain(String.valueOf(e.getMessage())));
    }
  }

  private static TrustManager trust(LdapSettings settings) throws KeyStoreException, IOException {
    var file = settings.ca();
    return file.isPresent()
        ? new PEMFileTrustManager(file.get().toFile())
        : JVMDefaultTrustManager.getInstance();
  }
}
