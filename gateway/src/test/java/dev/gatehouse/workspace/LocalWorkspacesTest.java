package dev.gatehouse.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import dev.gatehouse.workspace.local.LocalWorkspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalWorkspacesTest extends WorkspacesContract {
  /** Nobody logs in here, so the CA need not have a private half. */
  private static final SshPublicKey CA =
      SshPublicKey.parse(
          "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPKSUTyz1HwHReFVvD5obVsALAgJRNarH4TRpNePnAS");

  @TempDir Path state;
  private LocalWorkspaces workspaces;

  @BeforeEach
  void open() {
    workspaces = new LocalWorkspaces(state, CA, InstantSource.system());
  }

  @AfterEach
  void close() {
    workspaces.close();
  }

  @Override
  Workspaces workspaces() {
    return workspaces;
  }

  @Test
  void start_newWorkspace_isPrivateOnDisk() throws Exception {
    await(workspaces.start(spec(ALICE, WorkspaceName.MAIN)).endpoint());

    assertThat(mode("homes/alice")).isEqualTo("rwx------");
    assertThat(mode("workspaces")).isEqualTo("rwx------");
    assertThat(mode("workspaces/alice/main")).isEqualTo("rwx------");
    assertThat(mode("workspaces/alice/main/host_key")).isEqualTo("rw-------");
    assertThat(mode("workspaces/alice/main/machine-type")).isEqualTo("rw-------");
    assertThat(state.resolve("workspaces/alice/main")).isDirectoryNotContaining("glob:**/.new-*");
    assertThat(state.resolve("workspaces/alice/main/host_key"))
        .content()
        .startsWith("-----BEGIN OPENSSH PRIVATE KEY-----");
  }

  @Test
  void list_afterRestart_findsStoppedWorkspacesAndTheirKeys() {
    var before = await(workspaces.start(spec(ALICE, WorkspaceName.MAIN)).endpoint());
    workspaces.close();

    workspaces = new LocalWorkspaces(state, CA, InstantSource.system());

    assertThat(workspaces.list(ALICE))
        .singleElement()
        .satisfies(
            info -> {
              assertThat(info.state()).isEqualTo(State.STOPPED);
              assertThat(info.type().value()).isEqualTo("small");
            });
    var after = await(workspaces.start(spec(ALICE, WorkspaceName.MAIN)).endpoint());
    assertThat(after.hostKey()).isEqualTo(before.hostKey());
  }

  @Test
  void stop_byItsPerson_isHeldUntilTheNextStart() {
    await(workspaces.start(spec(ALICE, WorkspaceName.MAIN)).endpoint());
    await(workspaces.stop(id(ALICE, WorkspaceName.MAIN), StopReason.PERSON));
    assertThat(workspaces.list(ALICE)).extracting(WorkspaceInfo::held).containsExactly(true);

    await(workspaces.start(spec(ALICE, WorkspaceName.MAIN)).endpoint());
    assertThat(workspaces.list(ALICE)).extracting(WorkspaceInfo::held).containsExactly(false);
  }

  @Test
  void stop_notByItsPerson_isNotHeld() {
    await(workspaces.start(spec(ALICE, WorkspaceName.MAIN)).endpoint());
    await(workspaces.stop(id(ALICE, WorkspaceName.MAIN), StopReason.LIFETIME));
    assertThat(workspaces.list(ALICE)).extracting(WorkspaceInfo::held).containsExactly(false);
  }

  @Test
  void create_afterDelete_isNotHeld() {
    await(workspaces.start(spec(ALICE, WorkspaceName.MAIN)).endpoint());
    await(workspaces.stop(id(ALICE, WorkspaceName.MAIN)));
    await(workspaces.delete(id(ALICE, WorkspaceName.MAIN)));
    await(workspaces.create(spec(ALICE, WorkspaceName.MAIN)));
    assertThat(workspaces.list(ALICE)).extracting(WorkspaceInfo::held).containsExactly(false);
  }

  @Test
  void start_unusableState_isBroken() throws Exception {
    Files.writeString(state.resolve("homes"), "in the way");

    var start = workspaces.start(spec(ALICE, WorkspaceName.MAIN));

    assertThatThrownBy(() -> await(start.endpoint()))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Broken.class));
  }

  @Test
  void start_afterClose_isUnavailable() {
    workspaces.close();

    var start = workspaces.start(spec(ALICE, WorkspaceName.MAIN));

    assertThatThrownBy(() -> await(start.endpoint()))
        .cause()
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Unavailable.class));
  }

  @Test
  void changeType_whileRunning_countsFromTheNextStart() {
    await(workspaces.start(spec(ALICE, WorkspaceName.MAIN, "small")).endpoint());
    await(workspaces.changeType(id(ALICE, WorkspaceName.MAIN), new MachineTypeName("large")));

    await(workspaces.stop(id(ALICE, WorkspaceName.MAIN)));

    assertThat(workspaces.list(ALICE)).extracting(i -> i.type().value()).containsExactly("large");
  }

  @Test
  void keep_until_isShownUntilItIsNoLonger() {
    var main = id(ALICE, WorkspaceName.MAIN);
    var until = Instant.parse("2036-11-30T18:00:00Z");
    await(workspaces.create(spec(ALICE, WorkspaceName.MAIN)));

    await(workspaces.keep(main, Optional.of(until)));
    assertThat(workspaces.list(ALICE))
        .extracting(i -> i.keepUntil())
        .containsExactly(Optional.of(until));

    await(workspaces.keep(main, Optional.empty()));
    assertThat(workspaces.list(ALICE))
        .extracting(i -> i.keepUntil())
        .containsExactly(Optional.empty());
  }

  @Test
  void used_workspace_showsWhen() {
    await(workspaces.create(spec(ALICE, WorkspaceName.MAIN)));
    assertThat(workspaces.list(ALICE)).noneMatch(i -> i.lastUse().isPresent());

    workspaces.used(id(ALICE, WorkspaceName.MAIN));

    assertThat(workspaces.list(ALICE)).allMatch(i -> i.lastUse().isPresent());
  }

  @Test
  void home_beforeTheFirstStart_isNotThere() {
    assertThat(workspaces.home(ALICE)).isEmpty();

    await(workspaces.start(spec(ALICE, WorkspaceName.MAIN)).endpoint());

    assertThat(workspaces.home(ALICE))
        .hasValueSatisfying(
            home -> {
              assertThat(home.volume()).isEqualTo(state.resolve("homes/alice").toString());
              assertThat(home.size()).matches("[1-9][0-9]*Mi");
            });
  }

  @Test
  void deleteHome_whileSomethingRuns_isRefused() throws Exception {
    await(workspaces.start(spec(ALICE, WorkspaceName.MAIN)).endpoint());

    assertThatThrownBy(() -> await(workspaces.deleteHome(ALICE)))
        .hasMessageContaining("(home-in-use)");

    assertThat(state.resolve("homes/alice")).isDirectory();
  }

  /** What a link leads to is somebody else's, and a folder may forbid its owner to write. */
  @Test
  void deleteHome_withLinksAndLockedFolders_deletesThatHomeOnly() throws Exception {
    var elsewhere = Files.writeString(state.resolve("precious"), "stays");
    await(workspaces.start(spec(ALICE, WorkspaceName.MAIN)).endpoint());
    await(workspaces.start(spec(BOB, WorkspaceName.MAIN)).endpoint());
    await(workspaces.stop(id(ALICE, WorkspaceName.MAIN)));
    var locked = Files.createDirectories(state.resolve("homes/alice/go/pkg"));
    Files.createSymbolicLink(locked.resolve("link"), elsewhere);
    Files.createSymbolicLink(locked.resolve("folder"), state.resolve("homes/bob"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-x------"));

    assertThat(await(workspaces.deleteHome(ALICE))).isEmpty();

    assertThat(elsewhere).hasContent("stays");
    try (var homes = Files.list(state.resolve("homes"))) {
      assertThat(homes).containsExactly(state.resolve("homes/bob"));
    }
    assertThat(workspaces.home(ALICE)).isEmpty();
    assertThat(await(workspaces.deleteHome(ALICE))).isEmpty();
  }

  @Test
  void start_afterTheHomeWasDeleted_makesANewOne() throws Exception {
    await(workspaces.start(spec(ALICE, WorkspaceName.MAIN)).endpoint());
    Files.writeString(state.resolve("homes/alice/old"), "");
    await(workspaces.stop(id(ALICE, WorkspaceName.MAIN)));
    await(workspaces.deleteHome(ALICE));

    await(workspaces.start(spec(ALICE, WorkspaceName.MAIN)).endpoint());

    assertThat(state.resolve("homes/alice")).isDirectory();
    assertThat(state.resolve("homes/alice/old")).doesNotExist();
  }

  @Test
  void usage_withoutProcesses_isNothing() {
    assertThat(workspaces.usage(id(ALICE, WorkspaceName.MAIN))).isEmpty();

    await(workspaces.start(spec(ALICE, WorkspaceName.MAIN)).endpoint());

    assertThat(workspaces.usage(id(ALICE, WorkspaceName.MAIN))).contains(new Usage(0, 0));
  }

  private String mode(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve(path)));
  }
}
