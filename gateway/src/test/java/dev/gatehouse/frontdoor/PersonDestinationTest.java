package dev.gatehouse.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.admission.Admission;
import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.cluster.Limits;
import dev.gatehouse.console.Console;
import dev.gatehouse.console.Services;
import dev.gatehouse.directory.Person;
import dev.gatehouse.frontdoor.login.LoginName.Target;
import dev.gatehouse.key.Restrictions;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.relay.Destination.Route;
import dev.gatehouse.relay.SessionRequest;
import dev.gatehouse.relay.SessionRequest.Kind;
import dev.gatehouse.testkit.BareWorkspaces;
import dev.gatehouse.workspace.Start;
import dev.gatehouse.workspace.WorkspaceSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  @Test
  void motd_withoutFinalNewline_getsOne() {
    assertThat(atMain().motd()).contains("Hello\n");
  }

  private static PersonDestination atMain() {
    return destination(new Target.Workspace(WorkspaceName.MAIN));
  }

  private static PersonDestination destination(Target target) {
    var definition = ClusterDefinitionFile.parse("test.yaml", "{}");
    var admission = new Admission(() -> definition);
    var none = new NoWorkspaces();
    var clock = InstantSource.system();
    var console =
        new Console(
            new Services(
                () -> definition,
                admission,
                none,
                null,
                null,
                null,
                null,
                null,
                clock,
                clock.instant()));
    return new PersonDestination(
        ALICE,
        target,
        admission,
        none,
        console,
        Duration.ofMinutes(1),
        Optional.of("Hello"),
        Restrictions.NONE,
        () -> {},
        Limits.DEFAULT);
  }

  private static SessionRequest exec(String command) {
    return new SessionRequest(Kind.EXEC, command);
  }

  private static final class NoWorkspaces extends BareWorkspaces {
    @Override
    public Start start(WorkspaceSpec spec) {
      throw new AssertionError("nobody asked for a workspace");
    }
  }
}
