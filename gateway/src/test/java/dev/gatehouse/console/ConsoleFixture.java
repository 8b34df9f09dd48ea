package dev.gatehouse.console;

import dev.gatehouse.admission.Admission;
import dev.gatehouse.cluster.AlgorithmProfile;
import dev.gatehouse.cluster.App;
import dev.gatehouse.cluster.CloudSettings;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinition.DirectorySettings;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.CostSettings;
import dev.gatehouse.cluster.GatewayDeployment;
import dev.gatehouse.cluster.GatewaySettings;
import dev.gatehouse.cluster.GatewaySettings.Drain;
import dev.gatehouse.cluster.GatewaySettings.Health;
import dev.gatehouse.cluster.Hardware;
import dev.gatehouse.cluster.IdlePolicy;
import dev.gatehouse.cluster.ImageSettings;
import dev.gatehouse.cluster.KubernetesSettings;
import dev.gatehouse.cluster.Limits;
import dev.gatehouse.cluster.LoginSettings;
import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.cluster.Unapplied;
import dev.gatehouse.cluster.WorkspaceSettings;
import dev.gatehouse.console.commands.GateCommands;
import dev.gatehouse.cost.CostBook;
import dev.gatehouse.directory.DirectoryHealth;
import dev.gatehouse.directory.PeopleAdministration;
import dev.gatehouse.directory.Person;
import dev.gatehouse.doctor.Check;
import dev.gatehouse.file.SharedFolder;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.key.TestKeys;
import dev.gatehouse.mfa.SecondFactors;
import dev.gatehouse.name.AppName;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.nodes.NodeControl;
import dev.gatehouse.nodes.NodeOverview;
import dev.gatehouse.nodes.NodeReport;
import dev.gatehouse.nodes.PoolReport;
import dev.gatehouse.service.FakeLinks;
import dev.gatehouse.service.WorkspaceServices;
import dev.gatehouse.testkit.MemoryDefinitionStore;
import dev.gatehouse.workspace.Outfit;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A console with everything around it in memory: a cluster, four people, a fixed clock. */
public final class ConsoleFixture {
  public static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  public static final Person ALICE = person("alice", 1001, "Alice Ämter", false, "people");
  public static final Person ROOT =
      person("root", 1000, "The Administrator", false, "people", "admins");
  public static final Person BOB = person("bob", 1003, "Bob B.", false, "people", "lab");
  static final Person MALLORY = person("mallory", 1002, "Mallory", true, "people", "admins");

  /** What a command did. */
  public record Outcome(int exit, String out, String err) {}

  public final FakeWorkspaces workspaces = new FakeWorkspaces(InstantSource.fixed(NOW));

  /** The inside of workspaces. */
  public final FakeLinks links = new FakeLinks();

  public final FakePeople people = new FakePeople();
  public final FakeGateway gateway = new FakeGateway();
  public ClusterDefinition definition = definition("example.com");

  /** What changes there is in force as soon as a command looks whether it is. */
  public MemoryDefinitionStore definitions =
      new MemoryDefinitionStore("{}\n", InstantSource.fixed(NOW));

  /** Of the definition of {@link #definedAs}. */
  public List<String> restartNeeded = List.of();

  /** None, until a test says otherwise. */
  public Optional<OperatorStatus> operator = Optional.empty();

  private final Drafts drafts = new Drafts();

  /** All of revision 7, until a test says otherwise. */
  public InForce inForce = new FakeInForce(7, List.of(), Optional.empty());

  /** Nobody has any, until a test gives it a folder. */
  public SecondFactors secondFactors = secondFactorsIn(Path.of("there-is-no-such-folder"));

  /** A directory inside this process, until a test says otherwise. */
  public Optional<DirectoryHealth> directoryHealth = Optional.empty();

  /** What was told of nodes; nothing, until a test says otherwise. */
  public Optional<NodeReport> nodes = Optional.empty();

  /** What was used and what it costs; nobody counts, until a test says otherwise. */
  public CostBook costs = CostBook.NOWHERE;

  /** There is no cluster, until a test says otherwise. */
  public Optional<NodeControl> nodeControl = Optional.empty();

  /** What was told of pools; nothing, until a test says otherwise. */
  public Optional<PoolReport> pools = Optional.empty();

  /** What the doctor looks at. */
  public final List<Check> checks = new ArrayList<>();

  /** It stands still, until a test takes another. */
  public InstantSource clock = InstantSource.fixed(NOW);

  CommandTable table = GateCommands.TABLE;

  public ConsoleFixture() {
    people.put(ALICE);
    people.put(BOB);
    people.put(ROOT);
    people.put(MALLORY);
  }

  public static SecondFactors secondFactorsIn(Path folder) {
    return new SecondFactors(List.of(SharedFolder.alone(folder)), InstantSource.fixed(NOW));
  }

  /** Gives everybody the key of {@link #key} with their number. */
  public ConsoleFixture withKeys() {
    for (var person : people.people()) {
      var line = "%s %s@laptop".formatted(key(person.uidNumber()).line(), person.username());
      people.addKey(person.username(), AuthorizedKeyLine.parse(line));
    }
    return this;
  }

  public static SshPublicKey key(int number) {
    return TestKeys.ed25519(number);
  }

  Services services() {
    return services(people);
  }

  Services services(PeopleAdministration people) {
    return new Services(
        () -> definition,
        new DefinitionServices(definitions, inForce, operator, drafts),
        new Admission(() -> definition),
        workspaces,
        new WorkspaceServices(links, clock),
        people,
        () -> directoryHealth,
        secondFactors,
        gateway,
        gateway,
        gateway.ring(),
        gateway,
        new NodeOverview() {
          @Override
          public Optional<NodeReport> latest() {
            return nodes;
          }

          @Override
          public Optional<PoolReport> pools() {
            return pools;
          }
        },
        costs,
        nodeControl,
        List.copyOf(checks),
        clock,
        NOW.minus(Duration.ofMinutes(192)));
  }

  /** Takes a revision over as soon as it is asked which one is in force. */
  private final class TakingOver implements InForce {
    @Override
    public long revision() {
      var current = definitions.current();
      definition = ClusterDefinitionFile.parse("cluster.yaml", current.text());
      return current.number();
    }

    @Override
    public List<Unapplied> unapplied() {
      return List.of();
    }

    @Override
    public List<String> restartNeeded() {
      return restartNeeded;
    }

    @Override
    public Optional<String> refused() {
      return Optional.empty();
    }
  }

  /** Makes this text the definition, as if the platform had been set up with it. */
  public ConsoleFixture definedAs(String text) {
    definitions = new MemoryDefinitionStore(text, InstantSource.fixed(NOW));
    definition = ClusterDefinitionFile.parse("cluster.yaml", text);
    inForce = new TakingOver();
    return this;
  }

  public Console console() {
    return new Console(table, services());
  }

  /** Runs {@code ssh example.com gate COMMANDLINE} without a terminal. */
  public Outcome gate(Person person, String commandLine) {
    return gate(person, commandLine, "");
  }

  /** As above, with this piped in. */
  public Outcome gate(Person person, String commandLine, String stdin) {
    var streams = new MemoryStreams(stdin);
    var exit = console().run(person, commandLine, streams);
    return new Outcome(exit, streams.outText(), streams.errText());
  }

  public ConsoleFixture withWorkspace(
      Person owner, String name, String type, WorkspaceInfo.State state) {
    workspaces.add(
        new WorkspaceInfo(
            new WorkspaceId(owner.username(), new WorkspaceName(name)),
            new MachineTypeName(type),
            state,
            NOW.minus(Duration.ofMinutes(5))));
    return this;
  }

  public ConsoleFixture withWorkspace(
      Person owner, String name, String type, WorkspaceInfo.State state, Outfit outfit) {
    workspaces.add(
        new WorkspaceInfo(
            new WorkspaceId(owner.username(), new WorkspaceName(name)),
            new MachineTypeName(type),
            state,
            NOW.minus(Duration.ofMinutes(5)),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.of(outfit)));
    return this;
  }

  /** Lets no workspace run for longer. */
  ConsoleFixture maxLifetime(Duration most) {
    var idle =
        new IdlePolicy(Optional.of(Duration.ofHours(4)), 100, Optional.of(most), Duration.ZERO);
    definition = definition("example.com", idle);
    return this;
  }

  FakeWorkspaces.ControlledStart startOf(Person owner, String name) {
    return workspaces.start(new WorkspaceId(owner.username(), new WorkspaceName(name)));
  }

  static Person person(
      String name, int uid, String displayName, boolean disabled, String... groups) {
    return new Person(
        new Username(name),
        uid,
        uid,
        displayName,
        "/home/" + name,
        "/bin/bash",
        Set.of(Arrays.stream(groups).map(GroupName::new).toArray(GroupName[]::new)),
        List.of(),
        disabled);
  }

  static ClusterDefinition definition(String name) {
    return definition(name, IdlePolicy.DEFAULT);
  }

  private static NavigableMap<AppName, App> apps() {
    var apps = new TreeMap<AppName, App>();
    for (var group : List.of("admins", "people")) {
      var name = new AppName("of-" + group);
      var ports = group.equals("admins") ? List.of(80, 8443) : List.of(443);
      apps.put(
          name,
          new App(name, "For " + group, "h", new TreeSet<>(ports), Set.of(new GroupName(group))));
    }
    return apps;
  }

  private static final ImageSettings IMAGES =
      new ImageSettings("g:1", "t:1", "d:1", "u:1", List.of());

  private static ClusterDefinition definition(String name, IdlePolicy idle) {
    var types = new TreeMap<MachineTypeName, MachineType>();
    for (var type : List.of("small", "gpu", "secret")) {
      var groups = type.equals("secret") ? Set.of(new GroupName("admins")) : Set.<GroupName>of();
      var typeName = new MachineTypeName(type);
      types.put(
          typeName,
          new MachineType(
              typeName,
              "A " + type,
              groups,
              new TreeMap<>(Map.of()),
              Hardware.DEFAULT,
              Collections.emptyNavigableMap(),
              idle));
    }
    return new ClusterDefinition(
        new GatewaySettings(
            name,
            "127.0.0.1",
            0,
            Optional.empty(),
            Optional.empty(),
            AlgorithmProfile.MODERN,
            List.of(),
            new Health("127.0.0.1", Optional.empty()),
            new Drain(Duration.ZERO, Duration.ZERO),
            GatewayDeployment.DEFAULT),
        LoginSettings.DEFAULT,
        Limits.DEFAULT,
        new DirectorySettings(new GroupName("admins"), Optional.empty(), Optional.empty()),
        new WorkspaceSettings(
            new MachineTypeName("small"),
            Duration.ofMinutes(5),
            3,
            IdlePolicy.DEFAULT,
            Duration.ofMinutes(10),
            1),
        types,
        apps(),
        KubernetesSettings.DEFAULT,
        IMAGES,
        Collections.emptyNavigableMap(),
        CloudSettings.NONE,
        CostSettings.DEFAULT,
        Optional.empty());
  }
}
