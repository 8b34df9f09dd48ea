package dev.gatehouse.testkit;

import dev.gatehouse.cluster.LiveDefinition;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.cost.CostBook;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The gateway with people and workspaces that do as the test says. The login that a {@link Laptop}
 * uses is {@code alice}.
 */
public final class StagedGateway implements SshTarget {
  private final GatewayTarget gateway;
  private final People people;
  private final StagedWorkspaces workspaces;

  private StagedGateway(GatewayTarget gateway, People people, StagedWorkspaces workspaces) {
    this.gateway = gateway;
    this.people = people;
    this.workspaces = workspaces;
  }

  /** With alice alone. */
  public static StagedGateway start() {
    return start("gateway: {port: 0}", People.of(GatewayTarget.LOGIN));
  }

  public static StagedGateway start(String definition, People people) {
    return start(definition, people, CostBook.NOWHERE);
  }

  /** Where somebody counts what is used. */
  public static StagedGateway start(String definition, People people, CostBook costs) {
    var workspaces = new AtomicReference<StagedWorkspaces>();
    var gateway =
        GatewayTarget.start(
            definition,
            Path.of(System.getProperty("user.home")),
            people,
            userCa -> {
              workspaces.set(new StagedWorkspaces(userCa));
              return workspaces.get();
            },
            costs);
    return new StagedGateway(gateway, people, workspaces.get());
  }

  public People people() {
    return people;
  }

  public StagedWorkspaces workspaces() {
    return workspaces;
  }

  /** When this returns, this is the definition; what is fixed at the start stays. */
  public void redefine(String definition) {
    gateway.redefine(definition);
  }

  /** Changes the file of the definition; when to read it is the gateway's to say. */
  public void write(String definition) {
    gateway.write(definition);
  }

  /** Where the definition is changed from. */
  public DefinitionStore definitions() {
    return gateway.definitions();
  }

  /** The definition that is in force. */
  public LiveDefinition definition() {
    return gateway.definition();
  }

  /** How often the gateway has looked at what may have changed. */
  public long rounds() {
    return gateway.rounds();
  }

  /** How many people are connected. */
  public int connections() {
    return gateway.connections();
  }

  /** Waits until everybody has gone. */
  public void awaitNobody() {
    Poll.until(() -> connections() + " connections left", Poll.PATIENCE, () -> connections() == 0);
  }

  /** What it logs from now on. */
  public LogLines logged() {
    return gateway.logged();
  }

  @Override
  public int port() {
    return gateway.port();
  }

  @Override
  public String login() {
    return gateway.login();
  }

  @Override
  public Path identity() {
    return gateway.identity();
  }

  @Override
  public Path knownHosts() {
    return gateway.knownHosts();
  }

  @Override
  public Path home() {
    return gateway.home();
  }

  @Override
  public String log() {
    return workspaces.sshd().log();
  }

  @Override
  public void close() {
    gateway.close();
  }
}
