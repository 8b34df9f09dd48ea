package dev.gatehouse.frontdoor;

import dev.gatehouse.admission.Admission;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.GatewaySettings;
import dev.gatehouse.console.Console;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.frontdoor.hostkeys.HostKeys;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.relay.Destination;
import dev.gatehouse.relay.Dialer;
import dev.gatehouse.relay.RelayFactory;
import dev.gatehouse.relay.Transport;
import dev.gatehouse.workspace.Workspaces;
import java.io.IOException;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.WelcomeBannerPhase;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The SSH server that people connect to. */
public final class FrontDoor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

  /** OpenSSH's LoginGraceTime. */
  private static final Duration LOGIN_GRACE_TIME = Duration.ofMinutes(1);

  private static final int MAX_AUTH_REQUESTS = 12;

  private final GatewaySettings settings;
  private final Duration startTimeout;
  private final Admission admission;
  private final Workspaces workspaces;
  private final Console console;
  private final Connections connections;
  private final SshServer server = SshServer.setUpDefaultServer();

  public FrontDoor(
      ClusterDefinition definition,
      HostKeys hostKeys,
      Directory directory,
      Admission admission,
      Workspaces workspaces,
      Console console,
      Connections connections,
      Dialer dialer) {
    this.settings = definition.gateway();
    this.startTimeout = definition.workspaces().startTimeout();
    this.admission = admission;
    this.workspaces = workspaces;
    this.console = console;
    this.connections = connections;
    configure(hostKeys, directory, dialer);
  }

  /**
   * Starts to accept.
   *
   * @return the port that it listens on
   * @throws UserError if the address cannot be listened on
   */
  public int start() {
    try {
      server.start();
      return server.getPort();
    } catch (BindException | UnresolvedAddressException e) {
      throw new UserError(
          ExitCode.UNAVAILABLE,
          "cannot listen on %s port %d: %s; choose another with --port"
              .formatted(settings.host(), settings.port(), e.getMessage()));
    } catch (IOException e) {
      throw new UserError(
          ExitCode.OSERR,
          "cannot listen on %s port %d: %s"
              .formatted(settings.host(), settings.port(), e.getMessage()));
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (IOException e) {
      LOG.warn("[front-door-stop] the server did not stop cleanly", e);
    }
  }

  private void configure(HostKeys hostKeys, Directory directory, Dialer dialer) {
    Transport.configure(server);
    CoreModuleProperties.SERVER_IDENTIFICATION.set(server, Transport.IDENTIFICATION);
    CoreModuleProperties.AUTH_TIMEOUT.set(server, LOGIN_GRACE_TIME);
    CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, MAX_AUTH_REQUESTS);
    CoreModuleProperties.WELCOME_BANNER_PHASE.set(server, WelcomeBannerPhase.FIRST_REQUEST);
    server.setHost(settings.host());
    server.setPort(settings.port());
    server.setKeyPairProvider(hostKeys);
    server.setHostKeyCertificateProvider(hostKeys);
    Algorithms.of(settings.algorithms()).offerBy(server);
    server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
    server.setPublickeyAuthenticator(new DirectoryKeys());
    server.setServiceFactories(
        List.of(
            new LoginService.Factory(directory, settings.banner()),
            new RelayFactory(dialer, hostKeys, this::loggedIn)));
  }

  /** Identity is bound here, where a signature has been checked, and to the key that signed. */
  private Destination loggedIn(ServerSession session) {
    var candidate = Objects.requireNonNull(session.getAttribute(Candidate.KEY));
    var person = candidate.person().orElseThrow();
    var key = Objects.requireNonNull(session.getAttribute(UserAuthPublicKey.AUTHENTICATED_KEYS));
    connections.add(session);
    LOG.info(
        "[login] {} from {} with {}",
        person.username(),
        session.getClientAddress(),
        KeyFile.publicKey(key.getLast()));
    var target = candidate.name().orElseThrow().target();
    return new PersonDestination(
        person, target, admission, workspaces, console, startTimeout, settings.motd());
  }
}
