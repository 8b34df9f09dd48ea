package dev.gatehouse.console.commands.workspace;

import static dev.gatehouse.console.ConsoleFixture.ALICE;
import static dev.gatehouse.console.ConsoleFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.console.ConsoleFixture;
import dev.gatehouse.workspace.Outfit;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import org.junit.jupiter.api.Test;

final class WorkspaceCommandsTest {
  private final ConsoleFixture fixture = new ConsoleFixture();

  @Test
  void list_others_areNotShown() {
    fixture
        .withWorkspace(ALICE, "main", "small", State.RUNNING)
        .withWorkspace(ROOT, "secret", "secret", State.RUNNING);
    assertThat(fixture.gate(ALICE, "workspace list").out())
        .isEqualTo("main\trunning\t2026-11-24T09:55:00Z\tsmall\t-\t-\n");
  }

  @Test
  void show_running_tellsHowToConnect() {
    fixture.withWorkspace(ALICE, "gpu", "gpu", State.RUNNING);
    assertThat(fixture.gate(ALICE, "workspace show gpu").out())
        .isEqualTo(
            """
            name\tgpu
            owner\talice
            state\trunning
            since\t2026-11-24T09:55:00Z
            stopped by hand\tno
            last use\t-
            kept until\t-
            idle limit\tPT4H
            machine type\tgpu
            image\tdebian:12
            cpu\t1
            memory\t2147483648
            gpus\t0
            connect\tssh alice+gpu@example.com
            home\t-
            """);
  }

  /** The definition may be another than when it was started. */
  @Test
  void show_running_tellsTheSizeThatItRunsWith() {
    fixture.withWorkspace(
        ALICE, "gpu", "gpu", State.RUNNING, new Outfit("debian:11", "500m", "1Gi", 2));
    assertThat(fixture.gate(ALICE, "workspace show gpu").out())
        .contains("image\tdebian:11\ncpu\t0.5\nmemory\t1073741824\ngpus\t2\n");
  }

  @Test
  void show_mainThatNeverStarted_isStopped() {
    assertThat(fixture.gate(ALICE, "workspace show").out())
        .contains("name\tmain\n", "state\tstopped\nsince\t-\n", "machine type\tsmall\n");
  }

  @Test
  void show_unknown_isRefusedWithACode() {
    var outcome = fixture.gate(ALICE, "workspace show nope");
    assertThat(outcome.exit()).isEqualTo(77);
    assertThat(outcome.err()).endsWith("(no-such-workspace)\n");
  }

  @Test
  void start_deniedMachineType_isRefusedWithACode() {
    var outcome = fixture.gate(ALICE, "workspace start secret");
    assertThat(outcome.exit()).isEqualTo(77);
    assertThat(outcome.err()).endsWith("(machine-type-denied)\n");
    assertThat(fixture.workspaces.list(ALICE.username())).isEmpty();
  }

  @Test
  void start_noWait_returnsWhileItStarts() {
    var outcome = fixture.gate(ALICE, "workspace start --no-wait");
    assertThat(outcome.out()).isEqualTo("Workspace main is starting.\n");
    assertThat(outcome.exit()).isZero();
  }

  @Test
  void start_runningAlready_saysHowToConnect() {
    fixture.workspaces.startsAtOnce = true;
    assertThat(fixture.gate(ALICE, "workspace start gpu"))
        .isEqualTo(
            new ConsoleFixture.Outcome(
                0, "Workspace gpu is running. Connect: ssh alice+gpu@example.com\n", ""));
  }

  @Test
  void start_json_isTheWorkspace() {
    fixture.workspaces.startsAtOnce = true;
    assertThat(fixture.gate(ALICE, "workspace start --json").out())
        .contains("\"state\" : \"running\"", "\"machineType\" : \"small\"");
  }

  @Test
  void stop_running_saysThatFilesStay() {
    fixture.withWorkspace(ALICE, "main", "small", State.RUNNING);
    assertThat(fixture.gate(ALICE, "workspace stop").out())
        .isEqualTo("Workspace main is stopped; its files stay.\n");
    assertThat(fixture.workspaces.list(ALICE.username()).getFirst().state())
        .isEqualTo(State.STOPPED);
  }

  @Test
  void stop_notRunning_saysSo() {
    assertThat(fixture.gate(ALICE, "workspace stop"))
        .isEqualTo(new ConsoleFixture.Outcome(0, "Workspace main was not running.\n", ""));
  }

  @Test
  void status_asOrdinaryPerson_hasNoConnections() {
    fixture.withWorkspace(ALICE, "main", "small", State.RUNNING);
    assertThat(fixture.gate(ALICE, "status").out())
        .isEqualTo(
            """
            cluster\texample.com
            version\tdev
            uptime\tPT3H12M
            workspaces\tmain\trunning\t2026-11-24T09:55:00Z\tsmall\t-\t-
            """);
  }

  @Test
  void status_asAdministrator_hasConnections() {
    fixture.gateway.connect(1, ALICE, "SSH-2.0-x");
    fixture.gateway.connect(2, ROOT, "SSH-2.0-x");
    assertThat(fixture.gate(ROOT, "status").out()).contains("connections\t2\n");
  }

  @Test
  void whoami_administrator_saysSo() {
    assertThat(fixture.gate(ROOT, "whoami").out())
        .isEqualTo(
            """
            user\troot
            name\tThe Administrator
            uid\t1000
            gid\t1000
            groups\tadmins,people
            administrator\tyes
            machine types\tgpu,secret,small
            """);
  }
}
