package dev.gatehouse.testkit;

import dev.gatehouse.cluster.LiveDefinition;
import dev.gatehouse.cluster.revisions.Author;
import dev.gatehouse.cluster.revisions.DefinitionStore;
import dev.gatehouse.cluster.revisions.FileDefinitionStore;
import dev.gatehouse.cost.CostBook;
import dev.gatehouse.file.SharedFolder;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.mfa.SecondFactors;
import dev.gatehouse.server.Gateway;
import dev.gatehouse.workspace.Workspaces;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The gateway, with one person, alice, and one kind of workspaces behind it. */
public final class GatewayTarget implements SshTarget {
  static final String LOGIN = "alice";
  private static final String DEFINITION = "cluster.yaml";

  private final Path folder;
  private final Path home;
  private final People people;
  private final LiveDefinition definition;
  private final DefinitionStore definitions;
  private final Gateway gateway;
  private final LogScope scope;
  private final List<Path> owned;

  private GatewayTarget(
      Path folder,
      Path home,
      People people,
      LiveDefinition definition,
      DefinitionStore definitions,
      Gateway gateway,
      LogScope scope,
      List<Path> owned) {
    this.definitions = definitions;
    this.folder = folder;
    this.home = home;
    this.people = people;
    this.definition = definition;
    this.gateway = gateway;
    this.scope = scope;
    this.owned = owned;
  }

  /**
   * Starts one.
   *
   * @param definition cluster.yaml; the port is set here
   * @param home where sessions in the workspace begin
   * @param owned folders to delete at the end
   */
  public static GatewayTarget start(
      String definition, Path home, Function<SshPublicKey, Workspaces> backend, Path... owned) {
    return start(definition, home, People.of(LOGIN), backend, owned);
  }

  /**
   * As above, with several people, alice among them.
   *
   * @param people closed with the gateway
   */
  public static GatewayTarget start(
      String definition,
      Path home,
      People people,
      Function<SshPublicKey, Workspaces> backend,
      Path... owned) {
    return start(definition, home, people, backend, CostBook.NOWHERE, owned);
  }

  /** As above, where somebody counts what is used. */
  public static GatewayTarget start(
      String definition,
      Path home,
      People people,
      Function<SshPublicKey, Workspaces> backend,
      CostBook costs,
      Path... owned) {
    var folder = Folders.temporary();
    Folders.write(folder.resolve(DEFINITION), definition);
    // To make one of 4096 bits takes seconds.
    KeyFile.open(folder.resolve("ssh_host_rsa_key"), GatewayTarget::rsa2048);
    var definitions =
        FileDefinitionStore.of(
            folder.resolve(DEFINITION), Folders.temporaryIn(folder), InstantSource.system());
    var scope = new LogScope();
    var live = new LiveDefinition(folder.resolve(DEFINITION), UnaryOperator.identity());
    var gateway =
        scope.call(
            () ->
                new Gateway(
                    live,
                    definitions,
                    SharedFolder.alone(folder),
                    people,
                    people.administration(),
                    new SecondFactors(
                        List.of(SharedFolder.alone(Folders.temporaryIn(folder))),
                        InstantSource.system()),
                    backend,
                    costs,
                    InstantSource.system()));
    Folders.write(
        folder.resolve("known_hosts"),
        "[127.0.0.1]:" + gateway.port() + " " + gateway.hostKey().line() + "\n");
    return new GatewayTarget(
        folder, home, people, live, definitions, gateway, scope, List.of(owned));
  }

  private static KeyPair rsa2048() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** When this returns, this is the definition; what is fixed at the start stays. */
  public void redefine(String definition) {
    var author = new Author(LOGIN, "a test", Optional.empty());
    this.definition.offer(definitions.change(definitions.current().number(), definition, author));
  }

  /** Changes the file of the definition; when to read it is the gateway's to say. */
  public void write(String definition) {
    Folders.write(folder.resolve(DEFINITION), definition);
  }

  /** Where the definition is changed from. */
  DefinitionStore definitions() {
    return definitions;
  }

  /** The definition that is in force. */
  public LiveDefinition definition() {
    return definition;
  }

  /** How often the gateway has looked at what may have changed. */
  public long rounds() {
    return gateway.rechecks();
  }

  /** How many people are connected. */
  public int connections() {
    return gateway.connections();
  }

  /** What it logs from now on. */
  public LogLines logged() {
    return LogLines.of(scope);
  }

  @Override
  public int port() {
    return gateway.port();
  }

  @Override
  public String login() {
    return LOGIN;
  }

  @Override
  public Path identity() {
    return people.identity(LOGIN);
  }

  @Override
  public Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  @Override
  public Path home() {
    return home;
  }

  @Override
  public void close() {
    gateway.close();
    definitions.close();
    people.close();
    Folders.delete(folder);
    owned.forEach(Folders::delete);
  }
}
