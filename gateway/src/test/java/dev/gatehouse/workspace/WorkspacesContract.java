package dev.gatehouse.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cluster.Hardware;
import dev.gatehouse.cluster.IdlePolicy;
import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.GroupName;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Workspaces} promises. */
abstract class WorkspacesContract {
  static final Username ALICE = new Username("alice");
  static final Username BOB = new Username("bob");
  static final WorkspaceName GPU = new WorkspaceName("gpu");

  /** How long a start or a stop may take here. */
  private static final int PATIENCE_SECONDS = 60;

  /** The implementation under test; the subclass closes it. */
  abstract Workspaces workspaces();

  @Test
  void start_newWorkspace_endpointSpeaksSsh() throws Exception {
    var endpoint = await(workspaces().start(spec(ALICE, WorkspaceName.MAIN)).endpoint());

    assertThat(banner(endpoint)).startsWith("SSH-2.0-OpenSSH_");
    assertThat(endpoint.login()).isEqualTo("alice");
    assertThat(endpoint.hostKey().type()).isEqualTo("ssh-ed25519");
  }

  @Test
  void start_whileRunning_answersTheSameEndpoint() {
    var first = await(workspaces().start(spec(ALICE, WorkspaceName.MAIN)).endpoint());

    var second = await(workspaces().start(spec(ALICE, WorkspaceName.MAIN)).endpoint());

    assertThat(second).isEqualTo(first);
  }

  @Test
  void running_runs_isTheEndpointOfItsStart() {
    var endpoint = await(workspaces().start(spec(ALICE, WorkspaceName.MAIN)).endpoint());

    assertThat(workspaces().running(id(ALICE, WorkspaceName.MAIN))).contains(endpoint);
  }

  @Test
  void running_wasStoppedOrNeverThere_isNowhere() {
    await(workspaces().start(spec(ALICE, WorkspaceName.MAIN)).endpoint());
    await(workspaces().stop(id(ALICE, WorkspaceName.MAIN)));

    assertThat(workspaces().running(id(ALICE, WorkspaceName.MAIN))).isEmpty();
    assertThat(workspaces().running(id(BOB, WorkspaceName.MAIN))).isEmpty();
  }

  @Test
  void start_manyAtOnce_shareOneStart() {
    var starts = new ArrayList<CompletionStage<Endpoint>>();
    for (var i = 0; i < 10; i++) {
      starts.add(workspaces().start(spec(ALICE, WorkspaceName.MAIN)).endpoint());
    }

    assertThat(starts.stream().map(WorkspacesContract::await).distinct()).hasSize(1);
  }

  @Test
  void start_twoWorkspaces_haveTheirOwnKeysAndPlaces() {
    var main = await(workspaces().start(spec(ALICE, WorkspaceName.MAIN)).endpoint());
    var gpu = await(workspaces().start(spec(ALICE, GPU)).endpoint());

    assertThat(gpu.hostKey()).isNotEqualTo(main.hostKey());
    assertThat(gpu.address()).isNotEqualTo(main.address());
  }

  @Test
  void start_afterStop_keepsTheHostKey() {
    var first = await(workspaces().start(spec(ALICE, WorkspaceName.MAIN)).endpoint());
    await(workspaces().stop(id(ALICE, WorkspaceName.MAIN)));

    var second = await(workspaces().start(spec(ALICE, WorkspaceName.MAIN)).endpoint());

    assertThat(second.hostKey()).isEqualTo(first.hostKey());
  }

  @Test
  void start_otherTypeWhileRunning_keepsTheType() {
    await(workspaces().start(spec(ALICE, WorkspaceName.MAIN, "small")).endpoint());

    await(workspaces().start(spec(ALICE, WorkspaceName.MAIN, "large")).endpoint());

    assertThat(workspaces().list(ALICE)).extracting(i -> i.type().value()).containsExactly("small");
  }

  @Test
  void start_otherTypeAfterStop_hasTheNewType() {
    await(workspaces().start(spec(ALICE, WorkspaceName.MAIN, "small")).endpoint());
    await(workspaces().stop(id(ALICE, WorkspaceName.MAIN)));

    await(workspaces().start(spec(ALICE, WorkspaceName.MAIN, "large")).endpoint());

    assertThat(workspaces().list(ALICE)).extracting(i -> i.type().value()).containsExactly("large");
  }

  @Test
  void onProgress_duringStart_tellsSteps() {
    var steps = Collections.synchronizedList(new ArrayList<Progress>());
    var start = workspaces().start(spec(ALICE, WorkspaceName.MAIN));
    start.onProgress(steps::add);

    await(start.endpoint());

    assertThat(steps).allSatisfy(step -> assertThat(step.what()).isNotBlank());
    assertThat(steps).isSortedAccordingTo((a, b) -> a.since().compareTo(b.since()));
  }

  @Test
  void onProgress_afterStart_staysSilent() {
    var steps = Collections.synchronizedList(new ArrayList<Progress>());
    var start = workspaces().start(spec(ALICE, WorkspaceName.MAIN));
    await(start.endpoint());

    start.onProgress(steps::add);

    assertThat(steps).isEmpty();
  }

  @Test
  void stop_running_refusesConnections() {
    var endpoint = await(workspaces().start(spec(ALICE, WorkspaceName.MAIN)).endpoint());

    await(workspaces().stop(id(ALICE, WorkspaceName.MAIN)));

    assertThatThrownBy(() -> banner(endpoint)).isInstanceOf(IOException.class);
  }

  @Test
  void stop_neverStarted_completes() {
    await(workspaces().stop(id(BOB, WorkspaceName.MAIN)));

    assertThat(workspaces().list(BOB)).isEmpty();
  }

  @Test
  void stop_twiceAtOnce_bothComplete() {
    await(workspaces().start(spec(ALICE, WorkspaceName.MAIN)).endpoint());

    var first = workspaces().stop(id(ALICE, WorkspaceName.MAIN));
    var second = workspaces().stop(id(ALICE, WorkspaceName.MAIN));

    await(first);
    await(second);
  }

  @Test
  void stop_duringStart_isUnavailableOrWasRunning() {
    var start = workspaces().start(spec(ALICE, WorkspaceName.MAIN));

    await(workspaces().stop(id(ALICE, WorkspaceName.MAIN)));

    try {
      await(start.endpoint());
    } catch (CompletionException e) {
      assertThat(e.getCause())
          .isInstanceOfSatisfying(
              FailureException.class,
              f -> assertThat(f.failure()).isInstanceOf(Failure.Unavailable.class));
    }
    assertThat(workspaces().list(ALICE)).noneMatch(i -> i.state() == State.RUNNING);
  }

  @Test
  void start_whileStopping_runsAgainAfterwards() throws Exception {
    await(workspaces().start(spec(ALICE, WorkspaceName.MAIN)).endpoint());
    var stop = workspaces().stop(id(ALICE, WorkspaceName.MAIN));

    var endpoint = await(workspaces().start(spec(ALICE, WorkspaceName.MAIN)).endpoint());

    await(stop);
    assertThat(banner(endpoint)).startsWith("SSH-2.0-");
  }

  @Test
  void list_personWithout_isEmpty() {
    assertThat(workspaces().list(BOB)).isEmpty();
  }

  @Test
  void list_severalWorkspaces_isSortedWithStates() {
    await(workspaces().start(spec(ALICE, WorkspaceName.MAIN)).endpoint());
    await(workspaces().start(spec(ALICE, GPU)).endpoint());
    await(workspaces().start(spec(BOB, WorkspaceName.MAIN)).endpoint());
    await(workspaces().stop(id(ALICE, WorkspaceName.MAIN)));

    assertThat(workspaces().list(ALICE))
        .extracting(info -> info.id() + " " + info.state())
        .containsExactly("alice/gpu RUNNING", "alice/main STOPPED");
  }

  @Test
  void create_newWorkspace_isStoppedAndOfItsType() {
    await(workspaces().create(spec(ALICE, GPU, "large")));

    assertThat(workspaces().list(ALICE))
        .extracting(info -> info.id() + " " + info.type() + " " + info.state())
        .containsExactly("alice/gpu large STOPPED");
  }

  @Test
  void create_runningWorkspace_leavesItAlone() throws Exception {
    var endpoint = await(workspaces().start(spec(ALICE, GPU, "small")).endpoint());

    await(workspaces().create(spec(ALICE, GPU, "large")));

    assertThat(workspaces().list(ALICE))
        .extracting(info -> info.type() + " " + info.state())
        .containsExactly("small RUNNING");
    assertThat(banner(endpoint)).startsWith("SSH-2.0-");
  }

  @Test
  void start_createdWorkspace_runs() throws Exception {
    await(workspaces().create(spec(ALICE, GPU)));

    var endpoint = await(workspaces().start(spec(ALICE, GPU)).endpoint());

    assertThat(banner(endpoint)).startsWith("SSH-2.0-");
  }

  @Test
  void changeType_stoppedWorkspace_isOfTheNewType() {
    await(workspaces().create(spec(ALICE, GPU, "small")));

    await(workspaces().changeType(id(ALICE, GPU), new MachineTypeName("large")));

    assertThat(workspaces().list(ALICE)).extracting(i -> i.type().value()).containsExactly("large");
  }

  @Test
  void keep_andNoMore_leavesTheWorkspace() {
    await(workspaces().create(spec(ALICE, GPU)));

    await(workspaces().keep(id(ALICE, GPU), Optional.of(Instant.parse("2030-01-01T00:00:00Z"))));
    await(workspaces().keep(id(ALICE, GPU), Optional.empty()));

    assertThat(workspaces().list(ALICE))
        .singleElement()
        .satisfies(info -> assertThat(info.keepUntil()).isEmpty());
  }

  @Test
  void delete_runningWorkspace_endsAndForgetsIt() throws Exception {
    var endpoint = await(workspaces().start(spec(ALICE, GPU)).endpoint());

    await(workspaces().delete(id(ALICE, GPU)));

    assertThat(workspaces().list(ALICE)).isEmpty();
    assertThatThrownBy(() -> banner(endpoint)).isInstanceOf(IOException.class);
  }

  @Test
  void delete_neverMade_completes() {
    await(workspaces().delete(id(BOB, GPU)));

    assertThat(workspaces().list(BOB)).isEmpty();
  }

  @Test
  void start_afterDelete_isANewWorkspace() {
    var before = await(workspaces().start(spec(ALICE, GPU)).endpoint());
    await(workspaces().delete(id(ALICE, GPU)));

    var after = await(workspaces().start(spec(ALICE, GPU)).endpoint());

    assertThat(after.hostKey()).isNotEqualTo(before.hostKey());
  }

  @Test
  void all_workspacesOfTwoPeople_areListed() {
    await(workspaces().create(spec(BOB, WorkspaceName.MAIN)));
    await(workspaces().create(spec(ALICE, GPU)));

    assertThat(workspaces().all())
        .extracting(info -> info.id().toString())
        .containsExactlyInAnyOrder("alice/gpu", "bob/main");
  }

  @Test
  void logsEventsUsage_workspaceThatNeverWas_areEmpty() {
    assertThat(workspaces().logs(id(BOB, GPU), 10)).isEmpty();
    assertThat(workspaces().events(id(BOB, GPU))).isEmpty();
    assertThat(workspaces().usage(id(BOB, GPU))).isEmpty();
  }

  @Test
  void home_personWithout_isEmpty() {
    assertThat(workspaces().home(BOB)).isEmpty();
  }

  static WorkspaceSpec spec(Username owner, WorkspaceName name) {
    return spec(owner, name, "small");
  }

  static WorkspaceSpec spec(Username owner, WorkspaceName name, String type) {
    var person =
        new Person(
            owner,
            10_000,
            10_000,
            owner.value(),
            "/home/" + owner,
            "/bin/bash",
            Set.of(new GroupName("people")),
            List.of(),
            false);
    var environment = new TreeMap<String, String>();
    environment.put("MACHINE", type);
    return new WorkspaceSpec(
        id(owner, name),
        person,
        new MachineType(
            new MachineTypeName(type),
            type,
            Set.of(),
            environment,
            Hardware.DEFAULT,
            Collections.emptyNavigableMap(),
            IdlePolicy.DEFAULT));
  }

  static WorkspaceId id(Username owner, WorkspaceName name) {
    return new WorkspaceId(owner, name);
  }

  static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  private static String banner(Endpoint endpoint) throws IOException {
    var address = endpoint.address();
    try (var socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      var line = socket.getInputStream().readNBytes("SSH-2.0-OpenSSH_".length());
      return new String(line, StandardCharsets.US_ASCII);
    }
  }
}
