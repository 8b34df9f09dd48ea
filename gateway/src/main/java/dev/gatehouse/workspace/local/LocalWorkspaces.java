package dev.gatehouse.workspace.local;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.HomeInfo;
import dev.gatehouse.workspace.Start;
import dev.gatehouse.workspace.StartProgress;
import dev.gatehouse.workspace.StopReason;
import dev.gatehouse.workspace.Usage;
import dev.gatehouse.workspace.WorkspaceEvent;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceSpec;
import dev.gatehouse.workspace.Workspaces;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Workspaces for trying Gatehouse out: each is a process tree of the invoking user on this machine,
 * behind an SSH server of this process that accepts the gateway's certificates only. People are not
 * kept apart from each other. Needs Linux.
 */
public final class LocalWorkspaces implements Workspaces {
  private static final long CLOSE_SECONDS = 15;

  private final StateFolder folder;
  private final SshPublicKey userCa;
  private final Optional<SftpServer> sftpServer;
  private final InstantSource clock;
  private final Map<WorkspaceId, LocalWorkspace> workspaces = new HashMap<>();
  private final List<BiConsumer<WorkspaceId, Failure>> listeners = new CopyOnWriteArrayList<>();
  private final Map<WorkspaceId, Instant> lastUses = new ConcurrentHashMap<>();
  private final Map<WorkspaceId, Instant> kept = new ConcurrentHashMap<>();
  private boolean closed;

  /**
   * @param state the folder for homes and host keys; it is made when it is not there
   * @param userCa whose certificates the workspaces accept
   */
  public LocalWorkspaces(Path state, SshPublicKey userCa, InstantSource clock) {
    this(state, userCa, SftpServer.ofThisMachine(), clock);
  }

  private LocalWorkspaces(
      Path state, SshPublicKey userCa, Optional<SftpServer> sftpServer, InstantSource clock) {
    this.folder = new StateFolder(state.toAbsolutePath().normalize());
    this.userCa = userCa;
    this.sftpServer = sftpServer;
    this.clock = clock;
  }

  /** As on a machine without OpenSSH's sftp-server. */
  public static LocalWorkspaces withoutSftpServer(
      Path state, SshPublicKey userCa, InstantSource clock) {
    return new LocalWorkspaces(state, userCa, Optional.empty(), clock);
  }

  @Override
  public synchronized Start start(WorkspaceSpec spec) {
    if (closed) {
      var refused = new StartProgress();
      refused.fail(
          new FailureException(
              new Failure.Unavailable("gateway-closing", "the gateway is closing")));
      return refused;
    }
    return workspace(spec.id()).start(() -> new Run(spec, folder, userCa, sftpServer, clock));
  }

  @Override
  public Optional<Endpoint> running(WorkspaceId id) {
    return workspaceOf(id).running();
  }

  @Override
  public CompletionStage<Void> create(WorkspaceSpec spec) {
    return onDisk(
        () -> {
          if (folder.find(spec.id()).isEmpty()) {
            folder.remember(spec.id(), spec.type().name(), clock.instant());
          }
        });
  }

  @Override
  public synchronized CompletionStage<Void> stop(WorkspaceId id, StopReason reason) {
    return stop(id, reason, "is stopped");
  }

  @Override
  public synchronized CompletionStage<Void> stopBy(WorkspaceId id, Username who) {
    return stop(id, StopReason.PERSON, "is stopped by " + who);
  }

  private CompletionStage<Void> stop(WorkspaceId id, StopReason reason, String how) {
    if (workspace(id).running().isPresent()) {
      var why =
          new Failure.Unavailable(
              "workspace-stopped",
              "workspace %s %s; files in your home stay".formatted(id.name(), how));
      listeners.forEach(listener -> listener.accept(id, why));
    }
    return workspace(id).stop(reason == StopReason.PERSON).minimalCompletionStage();
  }

  @Override
  public void onEnding(BiConsumer<WorkspaceId, Failure> listener) {
    listeners.add(listener);
  }

  @Override
  public CompletionStage<Void> delete(WorkspaceId id) {
    return stopped(id).thenCompose(_ -> onDisk(() -> forget(id)));
  }

  private void forget(WorkspaceId id) throws IOException {
    kept.remove(id);
    lastUses.remove(id);
    folder.forget(id);
  }

  /** As large as the disk that it is on. */
  @Override
  public Optional<HomeInfo> home(Username owner) {
    return folder
        .existingHome(owner)
        .map(home -> new HomeInfo(owner, home.toString(), LocalHome.size(home), Optional.empty()));
  }

  /** There is no snapshot of it. */
  @Override
  public CompletionStage<Optional<String>> deleteHome(Username owner) {
    try {
      return discard(owner)
          .map(LocalHome::delete)
          .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()));
    } catch (IOException e) {
      return CompletableFuture.failedStage(LocalHome.notDeleted(e));
    } catch (FailureException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** Under the lock, against a start in between. */
  private synchronized Optional<Path> discard(Username owner) throws IOException {
    if (list(owner).stream().anyMatch(w -> w.state() != WorkspaceInfo.State.STOPPED)) {
      throw new FailureException(
          new Failure.Denied("home-in-use", "the home is in use; stop the workspaces first"));
    }
    return folder.discardHome(owner);
  }

  @Override
  public CompletionStage<Void> changeType(WorkspaceId id, MachineTypeName type) {
    return onDisk(() -> folder.remember(id, type, clock.instant()));
  }

  /** It is remembered and shown; nothing stops a local workspace for want of use. */
  @Override
  public CompletionStage<Void> keep(WorkspaceId id, Optional<Instant> until) {
    until.ifPresentOrElse(at -> kept.put(id, at), () -> kept.remove(id));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void used(WorkspaceId id) {
    lastUses.put(id, clock.instant());
  }

  @Override
  public List<String> logs(WorkspaceId id, int lines) {
    return List.of();
  }

  @Override
  public List<WorkspaceEvent> events(WorkspaceId id) {
    return List.of();
  }

  @Override
  public Optional<Usage> usage(WorkspaceId id) {
    return workspaceOf(id).current().map(Run::usage);
  }

  @Override
  public List<WorkspaceInfo> all() {
    try {
      return folder.owners().stream().flatMap(owner -> list(owner).stream()).toList();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public List<WorkspaceInfo> list(Username owner) {
    var found = new ArrayList<WorkspaceInfo>();
    try {
      for (var name : folder.names(owner)) {
        workspaceOf(new WorkspaceId(owner, name)).info().map(this::withUse).ifPresent(found::add);
      }
      return List.copyOf(found);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private WorkspaceInfo withUse(WorkspaceInfo info) {
    return new WorkspaceInfo(
        info.id(),
        info.type(),
        info.state(),
        info.since(),
        Optional.ofNullable(lastUses.get(info.id())),
        Optional.ofNullable(kept.get(info.id())),
        info.held());
  }

  private static FailureException unreadable(IOException e) {
    return new FailureException(
        new Failure.Broken("local-list", "the list of workspaces cannot be read"), e);
  }

  private interface Disk {
    void run() throws IOException;
  }

  private static CompletionStage<Void> onDisk(Disk change) {
    try {
      change.run();
      return CompletableFuture.completedStage(null);
    } catch (IOException e) {
      return CompletableFuture.failedStage(
          new FailureException(
              new Failure.Broken("local-disk", "the folder of workspaces cannot be written"), e));
    }
  }

  private synchronized CompletionStage<Void> stopped(WorkspaceId id) {
    return workspace(id).stop(false);
  }

  private synchronized LocalWorkspace workspaceOf(WorkspaceId id) {
    return workspace(id);
  }

  private LocalWorkspace workspace(WorkspaceId id) {
    return workspaces.computeIfAbsent(id, i -> new LocalWorkspace(i, folder, clock));
  }

  /** Ends all workspaces at once and waits for their processes to end. */
  @Override
  public void close() {
    CompletableFuture<?>[] ends;
    synchronized (this) {
      closed = true;
      ends =
          workspaces.values().stream()
              .map(workspace -> workspace.stop(false))
              .toArray(CompletableFuture<?>[]::new);
    }
    CompletableFuture.allOf(ends).completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS).join();
  }
}
