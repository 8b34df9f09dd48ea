package dev.gatehouse.console.commands.service;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cluster.ClusterDefinitionFile;
import dev.gatehouse.console.ConsoleFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code gate service}, on workspaces that answer as real ones do. */
final class ServiceCommandsTest {
  private final ConsoleFixture fixture = new ConsoleFixture();

  @BeforeEach
  void define() {
    fixture.workspaces.startsAtOnce = true;
    fixture.definition =
        ClusterDefinitionFile.parse(
            "c.yaml",
            """
            gateway: {name: example.com}
            directory: {administrators: admins}
            machineTypes:
              standard:
                services:
                  code: {command: code, socket: ~/.code.sock}
                  jupyter:
                    description: Jupyter Notebook
                    command: jupyter
                    port: 8888
                    tokenVariable: JUPYTER_TOKEN
                    path: /lab?token={token}
                  plain: {command: plain, port: 6006}
              gpu:
                like: standard
            """);
  }

  private String alice(String command) {
    var outcome = fixture.gate(ALICE, command);
    assertThat(outcome.err()).isEmpty();
    return outcome.out();
  }

  @Test
  void list_workspaceStopped_showsAllStoppedAndStartsNothing() {
    assertThat(alice("service list"))
        .contains("jupyter\tstopped\t-\t-\tport 8888\tJupyter Notebook\n")
        .contains("code\tstopped\t-\t-\t~/.code.sock\t-\n");
    assertThat(fixture.links.asked()).isEmpty();
    assertThat(alice("workspace list")).isEmpty();
  }

  @Test
  void list_running_showsWhatTheWorkspaceTells() {
    alice("workspace start");
    fixture.links.state("jupyter", "running 42 1764500000 2 0");
    fixture.links.state("gone", "running 43 1764500000 0 0");
    fixture.links.state("plain", "failed 0 1764500000 0 127");

    assertThat(alice("service list --json"))
        .contains("\"service\" : \"jupyter\",\n  \"state\" : \"running\"")
        .contains("\"restarts\" : 2")
        .contains("\"service\" : \"gone\"")
        .contains("\"state\" : \"failed\"");
  }

  @Test
  void open_withToken_printsTunnelAndAddressOfThatPort() {
    assertThat(alice("service open jupyter --port 9999"))
        .isEqualTo(
            """
            tunnel\tssh -N -L 9999:localhost:8888 alice@example.com
            address\thttp://localhost:9999/lab?token=5ec7e7
            token\t5ec7e7
            """);
    assertThat(fixture.links.asked()).containsExactly("token jupyter");
  }

  @Test
  void open_inAnotherWorkspace_leadsThere() {
    assertThat(alice("service open jupyter -w gpu"))
        .contains("ssh -N -L 8888:localhost:8888 alice+gpu@example.com\n");
  }

  @Test
  void open_withoutToken_asksNoWorkspace() {
    assertThat(alice("service open plain"))
        .isEqualTo(
            """
            tunnel\tssh -N -L 6006:localhost:6006 alice@example.com
            address\thttp://localhost:6006/
            """);
    assertThat(fixture.links.asked()).isEmpty();
  }

  @Test
  void open_socketInTheHome_hasItsWholePath() {
    assertThat(alice("service open code"))
        .contains("ssh -N -L 8080:/home/alice/.code.sock alice@example.com\n");
  }

  @Test
  void open_portOutOfRange_isRefused() {
    assertThat(fixture.gate(ALICE, "service open plain --port 70000").err())
        .contains("--port takes a number from 1 to 65535");
  }

  @Test
  void start_stopped_startsWorkspaceAndService() {
    assertThat(alice("service start jupyter"))
        .isEqualTo("Service jupyter is running. How to reach it: gate service open jupyter\n");
    assertThat(fixture.links.asked()).containsExactly("start jupyter");
  }

  @Test
  void start_commandFails_exitsWithTheReason() {
    fixture.links.ready(false);
    fixture.links.state("jupyter", "failed 0 1764500000 0 127");
    fixture.links.logs("sh: 1: jupyter: not found", "gatehouse: jupyter has ended");

    var outcome = fixture.gate(ALICE, "service start jupyter");

    assertThat(outcome.exit()).isEqualTo(70);
    assertThat(outcome.err())
        .contains(
            "service jupyter ended with status 127: sh: 1: jupyter: not found (service-failed)");
  }

  @Test
  void restart_running_stopsAndStartsIt() {
    alice("service start jupyter");

    assertThat(alice("service restart jupyter")).startsWith("Service jupyter is running.");
    assertThat(fixture.links.asked())
        .containsExactly("start jupyter", "stop jupyter", "start jupyter");
  }

  @Test
  void stop_running_isStopped() {
    alice("service start jupyter");

    assertThat(alice("service stop jupyter")).isEqualTo("Service jupyter is stopped.\n");
    assertThat(alice("service list")).contains("jupyter\tstopped");
  }

  @Test
  void stop_workspaceStopped_startsNothing() {
    assertThat(alice("service stop jupyter")).isEqualTo("Service jupyter does not run.\n");
    assertThat(fixture.links.asked()).isEmpty();
  }

  @Test
  void stop_ofAnotherPerson_isForAdministrators() {
    alice("service start jupyter");

    assertThat(fixture.gate(ROOT, "service stop jupyter --user alice").out())
        .isEqualTo("Service jupyter is stopped.\n");
    assertThat(fixture.gate(ALICE, "service stop jupyter --user bob").exit()).isEqualTo(77);
  }

  @Test
  void logs_running_areShownSafely() {
    alice("workspace start");
    fixture.links.logs("one", "t\033[2Jwo");

    assertThat(alice("service logs jupyter -n 2")).isEqualTo("one\nt?[2Jwo\n");
  }

  @Test
  void command_unknownService_namesTheWayOut() {
    var outcome = fixture.gate(ALICE, "service start jupiter");

    assertThat(outcome.exit()).isEqualTo(65);
    assertThat(outcome.err())
        .contains("the machine type of workspace main has no service jupiter")
        .contains("gate service list");
  }
}
