package dev.gatehouse.directory;

import com.unboundid.ldap.sdk.EXTERNALBindRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import dev.gatehouse.cluster.LdapSettings;
import dev.gatehouse.cluster.LdapSettings.Bind;
import dev.gatehouse.cluster.LdapSettings.Server;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * New connections to the first of a site's servers that answers, encrypted as the definition says.
 * One that failed is asked last for a while, so that nobody waits for it again and again. Called by
 * many threads.
 */
public final class Servers extends ServerSet {
  private static final Logger LOG = LoggerFactory.getLogger(Servers.class);

  /** How long a server that failed is asked last. */
  static final Duration PENALTY = Duration.ofSeconds(10);

  /** What a new connection is used for, said at once. */
  private interface Greeting {
    void say(LDAPConnection connection) throws LDAPException;
  }

  private final LdapSettings settings;
  private final InstantSource clock;
  private final Map<Server, Instant> failed = new ConcurrentHashMap<>();

  public Servers(LdapSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** A connection of the pool: one operation at a time, as the gateway. */
  @Override
  public LDAPConnection getConnection() throws LDAPException {
    return connect(true, this::bindAsGateway);
  }

  /** A connection on which several operations run at once, as the gateway. */
  public LDAPConnection forFollowing() throws LDAPException {
    return connect(false, this::bindAsGateway);
  }

  /**
   * A connection of a person's own.
   *
   * @throws LDAPException with {@link ResultCode#INVALID_CREDENTIALS} if it is not their password
   */
  public LDAPConnection as(String dn, String password) throws LDAPException {
    var connection = connect(true, _ -> {});
    try {
      connection.bind(dn, password);
      return connection;
    } catch (LDAPException e) {
      connection.close();
      throw e;
    }
  }

  /** Whether a server before this one in the list answers; blocks until it does or does not. */
  public boolean isAnotherPreferred(LDAPConnection current) {
    for (var server : settings.servers()) {
      if (isTo(server, current)) {
        return false;
      }
      if (!isPenalised(server) && answers(server)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTo(Server server, LDAPConnection connection) {
    return server.host().equals(connection.getConnectedAddress())
        && server.port() == connection.getConnectedPort();
  }

  private boolean answers(Server server) {
    try {
      connect(server, true, this::bindAsGateway).close();
      return true;
    } catch (LDAPException e) {
      failed(server, e);
      return false;
    }
  }

  private LDAPConnection connect(boolean synchronous, Greeting greeting) throws LDAPException {
    var reasons = new ArrayList<String>();
    for (var server : inOrder()) {
      try {
        var connection = connect(server, synchronous, greeting);
        if (failed.remove(server) != null) {
          LOG.info("[directory-server-back] {} answers again", server);
        }
        return connection;
      } catch (LDAPException e) {
        failed(server, e);
        reasons.add(server + ": " + LdapFailures.describe(e));
      }
    }
    // Whatever it was, it says nothing of what was to be asked: that may be answered later.
    throw new LDAPException(ResultCode.CONNECT_ERROR, String.join("; ", reasons));
  }

  private void failed(Server server, LDAPException e) {
    if (failed.put(server, clock.instant()) == null) {
      LOG.warn("[directory-server-lost] {}: {}", server, LdapFailures.describe(e));
    }
  }

  private List<Server> inOrder() {
    return settings.servers().stream().sorted(Comparator.comparing(this::isPenalised)).toList();
  }

  private boolean isPenalised(Server server) {
    var when = failed.get(server);
    return when != null && clock.instant().isBefore(when.plus(PENALTY));
  }

  private LDAPConnection connect(Server server, boolean synchronous, Greeting greeting)
      throws LDAPException {
    var tls = server.tls() || settings.startTls() ? tls() : null;
    var sockets = server.tls() ? tls : null;
    var connection = new LDAPConnection(sockets, options(synchronous));
    try {
      connection.connect(server.host(), server.port());
      if (tls != null && !server.tls()) {
        startTls(connection, tls);
      }
      greeting.say(connection);
      return connection;
    } catch (LDAPException e) {
      connection.close();
      throw e;
    }
  }

  private LDAPConnectionOptions options(boolean synchronous) {
    var options = new LDAPConnectionOptions();
    options.setConnectTimeoutMillis((int) settings.timeout().toMillis());
    options.setResponseTimeoutMillis(settings.timeout().toMillis());
    options.setUseSynchronousMode(synchronous);
    options.setFollowReferrals(false);
    options.setUseKeepAlive(true);
    return options;
  }

  private SSLSocketFactory tls() throws LDAPException {
    try {
      return new LdapTls(settings).tls();
    } catch (UserError e) {
      throw new LDAPException(ResultCode.CONNECT_ERROR, e.text(), e);
    } catch (GeneralSecurityException e) {
      throw new LDAPException(
          ResultCode.CONNECT_ERROR,
          "the certificates cannot be used: " + Quote.plain(String.valueOf(e.getMessage())),
          e);
    }
  }

  private static void startTls(LDAPConnection connection, SSLSocketFactory tls)
      throws LDAPException {
    var answer = connection.processExtendedOperation(new StartTLSExtendedRequest(tls));
    if (!answer.getResultCode().equals(ResultCode.SUCCESS)) {
      throw new LDAPException(answer);
    }
  }

  private void bindAsGateway(LDAPConnection connection) throws LDAPException {
    switch (settings.bind()) {
      case Bind.Simple(var dn, var file) -> connection.bind(dn, password(file));
      case Bind.External _ -> connection.bind(new EXTERNALBindRequest(""));
    }
  }

  private static String password(Path file) throws LDAPException {
    try {
      return LdapTls.password(file);
    } catch (UserError e) {
      throw new LDAPException(ResultCode.CONNECT_ERROR, e.text(), e);
    }
  }
}
