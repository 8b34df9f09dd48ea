package dev.gatehouse.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.admission.Admission;
import dev.gatehouse.app.AppDialer;
import dev.gatehouse.cluster.ClusterDefinition;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.Limits;
import dev.gatehouse.console.Console;
import dev.gatehouse.console.Services;
import dev.gatehouse.console.commands.GateCommands;
import dev.gatehouse.cost.NodeKind;
import dev.gatehouse.cost.PriceList;
import dev.gatehouse.cost.Spending;
import dev.gatehouse.cost.Usage;
import dev.gatehouse.cost.WorkspaceUse;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.frontdoor.login.LoginName.Target;
import dev.gatehouse.key.Restrictions;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.relay.Destination.Route;
import dev.gatehouse.relay.SessionRequest;
import dev.gatehouse.relay.SessionRequest.Kind;
import dev.gatehouse.service.WorkspaceServices;
import dev.gatehouse.testkit.BareWorkspaces;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.Progress;
import dev.gatehouse.workspace.Start;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import dev.gatehouse.workspace.WorkspaceSpec;
import dev.gatehouse.workspace.Workspaces;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonDestinationTest {
  private static final Person ALICE =
      new Person(
          new Username("alice"),
          10000,
          10000,
          "Alice",
          "/home/alice",
          "/bin/bash",
          Set.of(),
          List.of(),
          false);

  @ParameterizedTest
  @ValueSource(
      strings = {"gate", "gate status", " gate", "gate ", "\tgate\tstatus", "gate\nstatus"})
  void route_firstWordIsGate_leadsToTheConsole(String command) {
    assertThat(atMain().route(exec(command))).isInstanceOf(Route.Local.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "gatex",
        "gate-status",
        "gate;id",
        "gate|cat",
        "'gate' status",
        "\\gate",
        "GATE",
        "/usr/bin/gate",
        "./gate",
        "env gate",
        "command gate",
        "echo gate",
        "gate\0"
      })
  void route_firstWordIsAnother_leadsToTheWorkspace(String command) {
    assertThat(atMain().route(exec(command))).isEqualTo(new Route.Workspace());
  }

  @Test
  void route_shell_leadsToTheWorkspace() {
    assertThat(atMain().route(new SessionRequest(Kind.SHELL, ""))).isEqualTo(new Route.Workspace());
  }

  @Test
  void route_subsystemCalledGate_leadsToTheWorkspace() {
    assertThat(atMain().route(new SessionRequest(Kind.SUBSYSTEM, "gate")))
        .isEqualTo(new Route.Workspace());
  }

  @Test
  void route_loginAtTheConsole_leadsNowhereElse() {
    var console = destination(new Target.Console());
    for (var kind : Kind.values()) {
      assertThat(console.route(new SessionRequest(kind, "id"))).isInstanceOf(Route.Local.class);
    }
  }

  @Test
  void start_loginAtTheConsole_isDenied() {
    var start = destination(new Target.Console()).start(true);
    assertThat(start.endpoint())
        .completesExceptionallyWithin(Duration.ofSeconds(1))
        .withThrowableThat()
        .withMessageContaining("a login as alice+gate has no workspace (console-only)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gate mfa enrol", " gate \t mfa  enrol "})
  void route_loginToEnrol_leadsToThatCommand(String command) {
    assertThat(destination(new Target.Enrolment()).route(exec(command)))
        .isInstanceOf(Route.Local.class);
  }

  @Test
  void start_loginToEnrol_isDenied() {
    var enrolment = destination(new Target.Enrolment(), new Held());
    assertThat(enrolment.running()).isEmpty();
    assertThat(enrolment.start(true).endpoint())
        .completesExceptionallyWithin(Duration.ofSeconds(1))
        .withThrowableThat()
        .withMessageContaining("you must set up a second factor first");
  }

  @Test
  void start_heldByItsPerson_isDeniedToAProgram() {
    var start = destination(new Target.Workspace(WorkspaceName.MAIN), new Held()).start(false);
    assertThat(start.endpoint())
        .completesExceptionallyWithin(Duration.ofSeconds(1))
        .withThrowableThat()
        .withMessageContaining("log in with ssh -t, or gate workspace start main (workspace-held)");
  }

  @Test
  void start_heldByItsPerson_isGrantedAtATerminal() {
    var held = new Held();
    assertThat(destination(new Target.Workspace(WorkspaceName.MAIN), held).start(true).endpoint())
        .isNotCompletedExceptionally();
    assertThat(held.started).isTrue();
  }

  /** A start that fails at the end of its own time says why, and that is what the person reads. */
  @Test
  void start_failsAsItsTimeIsOver_tellsTheStartsOwnReason() {
    var held = new Held();
    var start =
        destination(new Target.Workspace(WorkspaceName.MAIN), held, Duration.ofMillis(1))
            .start(true)
            .endpoint()
            .toCompletableFuture();
    // Timers of one length end in the order in which they were set.
    assertThat(new CompletableFuture<>().orTimeout(2, TimeUnit.MILLISECONDS))
        .failsWithin(Duration.ofMinutes(1));

    held.endpoint.completeExceptionally(
        new FailureException(new Failure.Unavailable("no-node", "no node has enough memory free")));

    assertThat(start)
        .completesExceptionallyWithin(Duration.ofMinutes(1))
        .withThrowableThat()
        .withMessageContaining("no node has enough memory free (no-node)");
  }

  @Test
  void start_anotherOfThePersonIsHeld_isGranted() {
    var held = new Held();
    var another = new Target.Workspace(new WorkspaceName("standard"));
    assertThat(destination(another, held).start(false).endpoint()).isNotCompletedExceptionally();
    assertThat(held.started).isTrue();
  }

  @Test
  void running_loginAtTheConsole_isNowhere() {
    assertThat(destination(new Target.Console(), new Held()).running()).isEmpty();
  }

  @Test
  void running_workspace_isWhereThatIs() {
    assertThat(destination(new Target.Workspace(WorkspaceName.MAIN), new Held()).running())
        .contains(Held.ENDPOINT);
  }

  @Test
  void motd_withoutFinalNewline_getsOne() {
    assertThat(atMain().motd()).contains("Hello\n");
  }

  private static final ClusterDefinition COSTLY =
      ClusterDefinitionFile.parse(
          "test.yaml",
          """
          machineTypes: {standard: {pool: gpu}}
          pools: {gpu: {instanceTypes: [p5]}}
          costs:
            prices: {p5: {onDemand: 9.8}}
            budgets: {eachPerson: {monthly: 100}}
          """);

  private static CostWords costs(long hours) {
    var month = YearMonth.of(2026, 11);
    var use =
        new WorkspaceUse(
            month.atDay(1),
            ALICE.username().value(),
            "standard",
            new NodeKind("gpu", "p5", false),
            hours * 3600,
            0,
            hours * 3_600_000);
    var spending =
        Spending.of(
            month,
            new Usage(List.of(use), List.of()),
            new PriceList(COSTLY.costs().prices(), Map.of()),
            _ -> Set.of());
    return new CostWords(() -> COSTLY, () -> spending, Map::of);
  }

  private static PersonDestination destination(Workspaces workspaces, CostWords costs) {
    return destination(
        new Target.Workspace(WorkspaceName.MAIN), workspaces, Duration.ofMinutes(1), costs);
  }

  @Test
  void motd_from80PercentOfABudgetOn_saysSo() {
    assertThat(destination(new NoWorkspaces(), costs(8)).motd()).contains("Hello\n");
    assertThat(destination(new NoWorkspaces(), costs(9)).motd())
        .contains(
            "Hello\ngatehouse: 88 % of your budget for November is spent: 88.20 of 100 USD"
                + " ('gate cost' shows more)\n");
    assertThat(destination(new NoWorkspaces(), costs(11)).motd())
        .contains(
            "Hello\ngatehouse: your budget for November is spent: 107.80 of 100 USD"
                + " ('gate cost' shows more)\n");
  }

  @Test
  void start_ofAnExpensiveType_saysItsPriceInEachStepAndAboveThePrompt() {
    var workspaces = new Held();
    var destination = destination(workspaces, costs(0));
    var steps = new ArrayList<String>();
    destination.start(true).onProgress(p -> steps.add(p.what()));
    assertThat(steps).containsExactly("waiting for a node, up to 9.80 USD an hour");
    assertThat(destination.motd())
        .contains("Hello\ngatehouse: workspace main costs up to 9.80 USD an hour\n");
  }

  @Test
  void start_ofACheapType_saysNothingOfIt() {
    var cheap =
        ClusterDefinitionFile.parse(
            "test.yaml",
            """
            machineTypes: {standard: {pool: gpu}}
            pools: {gpu: {instanceTypes: [p5]}}
            costs: {prices: {p5: {onDemand: 4.99}}}
            """);
    var destination =
        destination(new Held(), new CostWords(() -> cheap, () -> Spending.NONE, Map::of));
    var steps = new ArrayList<String>();
    destination.start(true).onProgress(p -> steps.add(p.what()));
    assertThat(steps).containsExactly("waiting for a node");
    assertThat(destination.motd()).contains("Hello\n");
  }

  private static PersonDestination atMain() {
    return destination(new Target.Workspace(WorkspaceName.MAIN));
  }

  private static PersonDestination destination(Target target) {
    return destination(target, new NoWorkspaces());
  }

  private static PersonDestination destination(Target target, Workspaces workspaces) {
    return destination(target, workspaces, Duration.ofMinutes(1));
  }

  private static PersonDestination destination(
      Target target, Workspaces workspaces, Duration startTimeout) {
    var definition = ClusterDefinitionFile.parse("test.yaml", "{}");
    return destination(target, workspaces, startTimeout, CostWords.none(() -> definition));
  }

  private static PersonDestination destination(
      Target target, Workspaces workspaces, Duration startTimeout, CostWords costs) {
    var definition = costs.definition().get();
    var admission = new Admission(() -> definition);
    var clock = InstantSource.system();
    var console =
        new Console(
            GateCommands.TABLE,
            new Services(
                () -> definition,
                null,
                admission,
                workspaces,
                null,
                null,
                Optional::empty,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Optional.empty(),
                List.of(),
                clock,
                clock.instant()));
    return new PersonDestination(
        ALICE,
        InetAddress.ofLiteral("192.0.2.7"),
        target,
        admission,
        workspaces,
        console,
        startTimeout,
        Optional.of("Hello"),
        Restrictions.NONE,
        () -> {},
        Limits.DEFAULT,
        new AppTunnels("alice", () -> ALICE, admission, new AppDialer()),
        new ServiceTunnels(
            () -> definition,
            workspaces,
            new WorkspaceServices(
                (_, _) -> {
                  throw new AssertionError("no service is started");
                },
                InstantSource.system())),
        costs);
  }

  private static SessionRequest exec(String command) {
    return new SessionRequest(Kind.EXEC, command);
  }

  /** Alice has stopped her workspace main. */
  private static final class Held extends BareWorkspaces {
    private static final Endpoint ENDPOINT =
        new Endpoint(
            InetSocketAddress.createUnresolved("workspace", 22),
            "alice",
            new SshPublicKey("ssh-ed25519", "AAAA"));

    private final CompletableFuture<Endpoint> endpoint = new CompletableFuture<>();
    private boolean started;

    @Override
    public List<WorkspaceInfo> list(Username owner) {
      return List.of(
          new WorkspaceInfo(
              new WorkspaceId(owner, WorkspaceName.MAIN),
              new MachineTypeName("standard"),
              State.STOPPED,
              Instant.EPOCH,
              Optional.empty(),
              Optional.empty(),
              true));
    }

    @Override
    public Optional<Endpoint> running(WorkspaceId id) {
      return Optional.of(ENDPOINT);
    }

    @Override
    public Start start(WorkspaceSpec spec) {
      started = true;
      return new Start() {
        @Override
        public CompletionStage<Endpoint> endpoint() {
          return endpoint;
        }

        @Override
        public void onProgress(Consumer<Progress> listener) {
          listener.accept(new Progress("waiting for a node", Instant.EPOCH));
        }
      };
    }
  }

  private static final class NoWorkspaces extends BareWorkspaces {
    @Override
    public Start start(WorkspaceSpec spec) {
      throw new AssertionError("nobody asked for a workspace");
    }
  }
}
