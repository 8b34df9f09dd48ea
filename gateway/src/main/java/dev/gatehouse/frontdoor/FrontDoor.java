package dev.gatehouse.frontdoor;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.admission.Admission;
import dev.gatehouse.app.AppDialer;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.console.Console;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.frontdoor.hostkeys.HostKeys;
import dev.gatehouse.frontdoor.limits.ConnectionLimiter;
import dev.gatehouse.frontdoor.limits.GatewaySession;
import dev.gatehouse.frontdoor.limits.GatewaySessions;
import dev.gatehouse.frontdoor.login.AuthenticationListener;
import dev.gatehouse.frontdoor.login.Login;
import dev.gatehouse.frontdoor.login.LoginContext;
import dev.gatehouse.frontdoor.login.LoginServiceFactory;
import dev.gatehouse.key.RevocationList;
import dev.gatehouse.metrics.Outcome;
import dev.gatehouse.mfa.SecondFactors;
import dev.gatehouse.relay.Destination;
import dev.gatehouse.relay.Dialer;
import dev.gatehouse.relay.RelayFactory;
import dev.gatehouse.relay.Transport;
import dev.gatehouse.service.WorkspaceServices;
import dev.gatehouse.transport.EventLoops;
import dev.gatehouse.workspace.Workspaces;
import java.io.IOException;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The SSH server that people connect to. */
public final class FrontDoor implements AutoCloseable {
  /**
   * How many connections the kernel keeps until they are accepted; it takes the lesser of this and
   * {@code somaxconn}. Java's own 50 is full after a moment's flood, and whoever knocks then waits
   * a second for TCP to try again.
   */
  private static final int BACKLOG = 4096;

  private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

  private final Supplier<ClusterDefinition> definition;
  private final Admission admission;
  private final Workspaces workspaces;
  private final Console console;
  private final Connections connections;
  private final AppDialer apps;
  private final WorkspaceServices services;
  private final ConnectionLimiter connectionLimiter;
  private final CostWords costs;
  private final Listening server = Listening.setUp();

  public FrontDoor(
      Supplier<ClusterDefinition> definition,
      HostKeys hostKeys,
      Directory directory,
      SecondFactors secondFactors,
      Supplier<RevocationList> revoked,
      Admission admission,
      Workspaces workspaces,
      Console console,
      Connections connections,
      Dialer dialer,
      AppDialer apps,
      WorkspaceServices services,
      ConnectionLimiter connectionLimiter,
      CostWords costs,
      InstantSource clock) {
    this.costs = costs;
    this.connectionLimiter = connectionLimiter;
    this.definition = definition;
    this.admission = admission;
    this.workspaces = workspaces;
    this.console = console;
    this.connections = connections;
    this.apps = apps;
    this.services = services;
    configure(
        hostKeys,
        new LoginContext(definition, directory, secondFactors, revoked, new Door(), clock),
        dialer);
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
      throw new UserError(ExitCode.UNAVAILABLE, cannotListen(e) + "; choose another with --port");
    } catch (IOException e) {
      throw new UserError(ExitCode.OSERR, cannotListen(e));
    }
  }

  private String cannotListen(Exception e) {
    return "cannot listen on %s port %d: %s"
        .formatted(server.getHost(), server.getPort(), e.getMessage());
  }

  /** Takes no new connections; those that are open go on. */
  public void stopAccepting() {
    server.stopAccepting();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (IOException e) {
      LOG.warn("[front-door-stop] the server did not stop cleanly", e);
    }
  }

  private void configure(HostKeys hostKeys, LoginContext logins, Dialer dialer) {
    Transport.configure(server);
    CoreModuleProperties.SERVER_IDENTIFICATION.set(server, Transport.IDENTIFICATION);
    CoreModuleProperties.SOCKET_BACKLOG.set(server, BACKLOG);
    server.setIoServiceFactoryFactory(new EventLoops("clients"));
    server.setSessionFactory(
        new GatewaySessions(server, () -> definition.get().limits(), connectionLimiter));
    var settings = definition.get().gateway();
    server.setHost(settings.host());
    server.setPort(settings.port());
    server.setKeyPairProvider(hostKeys);
    server.setHostKeyCertificateProvider(hostKeys);
    Algorithms.of(settings.algorithms()).offerBy(server);
    server.setServiceFactories(
        List.of(
            new LoginServiceFactory(logins),
            new RelayFactory(dialer, hostKeys, this::loggedIn, connections::relayed)));
  }

  private final class Door implements AuthenticationListener {
    @Override
    public void tried(ServerSession session) {
      ((GatewaySession) session).loginTried();
    }

    @Override
    public void failed(ServerSession session) {
      ((GatewaySession) session).loginFailed();
    }

    @Override
    public void failed(Failure why) {
      connectionLimiter.logins().count(Outcome.of(why));
    }

    @Override
    public Optional<Failure.Denied> admit(ServerSession session, Login login) {
      var objection =
          connections.add(session, login, definition.get().limits().connectionsPerPerson());
      connectionLimiter.logins().count(objection.map(Outcome::of).orElse(Outcome.GRANTED));
      return objection;
    }
  }

  private Destination loggedIn(ServerSession session) {
    var login = Objects.requireNonNull(session.getAttribute(Login.KEY));
    ((GatewaySession) session).loggedIn();
    LOG.info(
        "[login] {} from {} with {}",
        login.name(),
        login.from(),
        login.proofs().stream().map(Object::toString).collect(joining(", ")));
    return new PersonDestination(
        login.person(),
        login.from().getAddress(),
        login.name().target(),
        admission,
        workspaces,
        console,
        definition.get().workspaces().startTimeout(),
        definition.get().gateway().motd(),
        login.restrictions(),
        () -> {
          connections.given(session);
          // At once: who comes back in the last moment must be known before it is over.
          login.workspace().ifPresent(workspaces::used);
        },
        definition.get().limits(),
        new AppTunnels(
            "%s from %s".formatted(login.name(), login.from()),
            connections.of(session).orElseThrow()::person,
            admission,
            apps),
        new ServiceTunnels(definition, workspaces, services),
        costs);
  }

  /** MINA's own server can only stop altogether. */
  private static final class Listening extends SshServer {
    static Listening setUp() {
      var server = new Listening();
      var _ = ServerBuilder.builder().factory(() -> server).build();
      return server;
    }

    void stopAccepting() {
      var listener = acceptor;
      if (listener != null) {
        listener.unbind();
      }
    }
  }
}
