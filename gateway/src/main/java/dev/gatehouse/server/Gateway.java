package dev.gatehouse.server;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;

import dev.gatehouse.admission.Admission;
import dev.gatehouse.app.AppDialer;
import dev.gatehouse.cluster.LiveDefinition;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.console.Console;
import dev.gatehouse.console.DefinitionServices;
import dev.gatehouse.console.Drafts;
import dev.gatehouse.console.LiveSessions;
import dev.gatehouse.console.OperatorStatus;
import dev.gatehouse.console.Services;
import dev.gatehouse.console.commands.GateCommands;
import dev.gatehouse.cost.CostBook;
import dev.gatehouse.directory.Directory;
import dev.gatehouse.directory.DirectoryHealth;
import dev.gatehouse.directory.DirectoryHealth.Reach;
import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.doctor.Check;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.file.FileProblem;
import dev.gatehouse.file.SharedFolder;
import dev.gatehouse.frontdoor.Connections;
import dev.gatehouse.frontdoor.CostWords;
import dev.gatehouse.frontdoor.Drain;
import dev.gatehouse.frontdoor.FrontDoor;
import dev.gatehouse.frontdoor.OwnSessions;
import dev.gatehouse.frontdoor.SessionRevalidator;
import dev.gatehouse.frontdoor.UsageReporter;
import dev.gatehouse.frontdoor.hostkeys.HostKeys;
import dev.gatehouse.frontdoor.limits.ConnectionLimiter;
import dev.gatehouse.frontdoor.limits.Penalties;
import dev.gatehouse.frontdoor.login.RevokedKeys;
import dev.gatehouse.frontdoor.replicas.AllSessions;
import dev.gatehouse.frontdoor.replicas.Replica;
import dev.gatehouse.frontdoor.replicas.ReplicaServer;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.metrics.Counted;
import dev.gatehouse.metrics.Readings;
import dev.gatehouse.metrics.Readings.DirectoryReading;
import dev.gatehouse.metrics.Starts;
import dev.gatehouse.mfa.SecondFactors;
import dev.gatehouse.name.Username;
import dev.gatehouse.nodes.NodeControl;
import dev.gatehouse.nodes.NodeOverview;
import dev.gatehouse.operation.LogbackLevels;
import dev.gatehouse.relay.Dialer;
import dev.gatehouse.relay.UserCa;
import dev.gatehouse.scheduling.PeriodicTask;
import dev.gatehouse.service.WorkspaceServices;
import dev.gatehouse.workspace.Workspaces;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One running gateway: the parts, wired in the order in which data flows. */
public final class Gateway implements AutoCloseable {
  /** The file of the user CA, in the folder of the keys. */
  static final String USER_CA = "user_ca_key";

  private final Directory directory;
  private final InstantSource clock;
  private final HostKeys hostKeys;
  private final UserCa userCa;
  private final Connections connections;
  private final OwnSessions sessions;
  private final Optional<AllSessions> everywhere;
  private final Workspaces workspaces;
  private final Dialer dialer;
  private final AppDialer apps = new AppDialer();
  private final Penalties penalties;
  private final ConnectionLimiter connectionLimiter;
  private final FrontDoor frontDoor;
  private final SessionRevalidator sessionRevalidator;
  private final PeriodicTask definitionReader;
  private final UsageReporter usageReporter;
  private final SpendingWatch spending;
  private final Drain drain;
  private final int port;

  /**
   * Starts to accept.
   *
   * @param definitions has the text of the definition; it stays the caller's
   * @param keys the folder of the host keys and of the user CA
   * @param backend makes the workspaces, which must trust the user CA it is given and nobody else;
   *     this closes them
   * @throws dev.gatehouse.failure.UserError if a key file or the listening address cannot be used
   * @throws FailureException if a key is missing and the other gateways cannot be asked for it
   */
  public Gateway(
      LiveDefinition definition,
      DefinitionStore definitions,
      SharedFolder keys,
      Directory directory,
      PeopleAdministration people,
      SecondFactors secondFactors,
      Function<SshPublicKey, Workspaces> backend,
      InstantSource clock) {
    this(
        definition,
        definitions,
        keys,
        directory,
        people,
        secondFactors,
        backend,
        CostBook.NOWHERE,
        clock);
  }

  /**
   * As above, where somebody counts what is used.
   *
   * @param costs what is known of that
   */
  public Gateway(
      LiveDefinition definition,
      DefinitionStore definitions,
      SharedFolder keys,
      Directory directory,
      PeopleAdministration people,
      SecondFactors secondFactors,
      Function<SshPublicKey, Workspaces> backend,
      CostBook costs,
      InstantSource clock) {
    this(
        definition,
        definitions,
        keys,
        directory,
        people,
        secondFactors,
        backend,
        new Connections(),
        Optional.empty(),
        Optional.empty(),
        NodeOverview.NOWHERE,
        costs,
        Optional.empty(),
        List.of(),
        clock);
  }

  /**
   * As above, for one of several gateways.
   *
   * @param connections numbered as at no other gateway
   * @param others the other gateways, now; empty for the only one
   * @param operator what makes the cluster so; empty if nothing does
   * @param nodes what is known of the cluster's nodes
   * @param costs what is known of what was used
   * @param nodeControl has them cordoned and emptied; empty where there is no cluster
   * @param checks of the cluster, for the console's doctor
   */
  Gateway(
      LiveDefinition definition,
      DefinitionStore definitions,
      SharedFolder keys,
      Directory directory,
      PeopleAdministration people,
      SecondFactors secondFactors,
      Function<SshPublicKey, Workspaces> backend,
      Connections connections,
      Optional<Supplier<List<Replica>>> others,
      Optional<OperatorStatus> operator,
      NodeOverview nodes,
      CostBook costs,
      Optional<NodeControl> nodeControl,
      List<Check> checks,
      InstantSource clock) {
    this.connections = connections;
    this.drain = new Drain(connections);
    this.directory = directory;
    this.clock = clock;
    var revoked = new RevokedKeys(definition);
    hostKeys = HostKeys.open(keys, definition.get().gateway().algorithms(), clock);
    userCa = userCa(keys, clock);
    spending = new SpendingWatch(costs, definition, directory, clock);
    definition.onChange(spending::soon);
    var costWords = new CostWords(definition, spending, spending::told);
    var admission = new Admission(definition, spending);
    workspaces = backend.apply(userCa.publicKey());
    workspaces.onEnding(connections::workspaceEnds);
    sessions = new OwnSessions(connections, definition, revoked, directory, workspaces);
    everywhere = others.map(o -> new AllSessions(sessions, o, userCa, hostKeys::announced));
    dialer = new Dialer(userCa);
    var services = new WorkspaceServices(dialer, clock);
    penalties = new Penalties(() -> definition.get().limits(), clock);
    connectionLimiter = new ConnectionLimiter(definition, penalties);
    var console =
        new Console(
            GateCommands.TABLE,
            new Services(
                definition,
                new DefinitionServices(
                    definitions, new DefinitionInForce(definition), operator, new Drafts()),
                admission,
                workspaces,
                services,
                people,
                directory::health,
                secondFactors,
                everywhere.<LiveSessions>map(all -> all).orElse(sessions),
                penalties,
                hostKeys,
                new LogbackLevels(),
                nodes,
                costs,
                nodeControl,
                Stream.concat(checks.stream(), Stream.of(new DirectoryCheck(directory::health)))
                    .toList(),
                clock,
                clock.instant()));
    frontDoor =
        new FrontDoor(
            definition,
            hostKeys,
            directory,
            secondFactors,
            revoked,
            admission,
            workspaces,
            console,
            connections,
            dialer,
            apps,
            services,
            connectionLimiter,
            costWords,
            clock);
    sessionRevalidator =
        new SessionRevalidator(definition, revoked, directory, admission, workspaces, connections);
    definitionReader =
        PeriodicTask.every(
            () -> definition.get().login().recheckInterval(), "definition", definition::refresh);
    definition.onChange(sessionRevalidator::soon);
    // The interval may be another one now.
    definition.onChange(definitionReader::soon);
    definitions.follow(definition::offer);
    usageReporter = new UsageReporter(definition, workspaces, connections, costWords, clock);
    try {
      port = frontDoor.start();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static UserCa userCa(SharedFolder keys, InstantSource clock) {
    var file = keys.path().resolve(USER_CA);
    if (!Files.exists(file)) {
      try {
        keys.change(() -> UserCa.open(file, clock));
      } catch (IOException e) {
        throw new FailureException(
            new Failure.Unavailable(
                "user-ca-not-saved", "the user CA could not be saved: " + FileProblem.of(e)),
            e);
      }
    }
    return UserCa.open(file, clock);
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** The host key for a known_hosts file. */
  public SshPublicKey hostKey() {
    return hostKeys.preferred();
  }

  /** The host keys, to be rotated, and to follow those of other gateways. */
  public HostKeys hostKeys() {
    return hostKeys;
  }

  /** Answers other gateways of its cluster at this address. */
  ReplicaServer answerOthers(InetSocketAddress address) throws IOException {
    return ReplicaServer.start(address, sessions, hostKeys, userCa.publicKey());
  }

  /** Whether workspaces of this person are to be stopped soon after their last use. */
  boolean stopsIdle(Username person) {
    return spending.stopsIdle(person);
  }

  /** How many people's connections are open. */
  public int connections() {
    return connections.count();
  }

  /** How it stands with everything, for operators. */
  Readings readings() {
    var use = connections.use();
    return new Readings(
        directory.health().map(this::reading),
        use.connections(),
        use.channels(),
        use.bytesIn(),
        use.bytesOut(),
        connectionLimiter.waiting(),
        penalties.active(),
        workspacesByState(),
        dialer.spares());
  }

  private DirectoryReading reading(DirectoryHealth health) {
    return new DirectoryReading(health.reach() != Reach.AWAY, health.people(), health.age(clock));
  }

  private Optional<Map<String, Integer>> workspacesByState() {
    try {
      return Optional.of(
          workspaces.all().stream()
              .collect(
                  groupingBy(w -> w.state().name().toLowerCase(Locale.ROOT), summingInt(_ -> 1))));
    } catch (FailureException e) {
      return Optional.empty();
    }
  }

  /** What it has counted, beside what workspaces count themselves. */
  Counted counted(Starts starts) {
    return new Counted(connectionLimiter.logins(), connectionLimiter.refusals(), starts);
  }

  /** How often what may have changed since has been looked at. */
  public long rechecks() {
    return sessionRevalidator.rounds();
  }

  /** Takes no new connections. */
  public void stopAccepting() {
    frontDoor.stopAccepting();
  }

  /** Waits for the open connections to end, and ends what is left of them after that time. */
  public void drain(Duration limit) throws InterruptedException {
    drain.run(limit);
  }

  /** Ends all connections and what the workspaces run. */
  @Override
  public void close() {
    definitionReader.close();
    sessionRevalidator.close();
    usageReporter.close();
    spending.close();
    frontDoor.close();
    everywhere.ifPresent(AllSessions::close);
    dialer.close();
    apps.close();
    workspaces.close();
  }
}
