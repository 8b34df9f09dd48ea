package dev.gatehouse.workspace.local;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.key.KeyFile;
import dev.gatehouse.key.SshPublicKey;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.Progress;
import dev.gatehouse.workspace.StartProgress;
import dev.gatehouse.workspace.Usage;
import dev.gatehouse.workspace.WorkspaceSpec;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a workspace, from its start to its end. {@link #open} and {@link #end} block. */
final class Run {
  private static final Logger log = LoggerFactory.getLogger(Run.class);

  private final WorkspaceSpec spec;
  private final StateFolder state;
  private final SshPublicKey userCa;
  private final Optional<SftpServer> sftpServer;
  private final InstantSource clock;
  private final StartProgress start = new StartProgress();
  private final ProcessTrees processes = new ProcessTrees();
  private @Nullable WorkspaceSshd sshd;
  private boolean ended;

  Run(
      WorkspaceSpec spec,
      StateFolder state,
      SshPublicKey userCa,
      Optional<SftpServer> sftpServer,
      InstantSource clock) {
    this.spec = spec;
    this.state = state;
    this.userCa = userCa;
    this.sftpServer = sftpServer;
    this.clock = clock;
  }

  StartProgress start() {
    return start;
  }

  WorkspaceSpec spec() {
    return spec;
  }

  /** Blocks while it is measured. */
  Usage usage() {
    return processes.usage();
  }

  void open() {
    if (start.failed()) {
      return; // ended before it began
    }
    try {
      Requirements.check();
      step("preparing the home");
      var home = state.home(spec.id().owner());
      state.remember(spec.id(), spec.type().name(), clock.instant());
      step("starting its sshd");
      var hostKey = state.hostKey(spec.id());
      var services = ServiceProgram.install(state.root(), state.newRunFolder(spec.id()));
      var machine = new Machine(spec, home, Account.current(), processes, sftpServer, services);
      var address = adopt(WorkspaceSshd.start(machine, hostKey, userCa)).address();
      log.info("[local-started] {} listens on {}", spec.id(), address);
      start.succeed(new Endpoint(address, machine.login(), KeyFile.publicKey(hostKey)));
    } catch (FailureException e) {
      start.fail(e);
    } catch (IOException | RuntimeException e) {
      log.error("[local-start] {} cannot be started", spec.id(), e);
      start.fail(
          new FailureException(
              new Failure.Broken("local-start", "the workspace cannot be started"), e));
    }
  }

  private void step(String what) {
    start.step(new Progress(what, clock.instant()));
  }

  /** An end that came in between wins. */
  private synchronized WorkspaceSshd adopt(WorkspaceSshd opened) throws IOException {
    if (ended) {
      opened.close();
      throw stopped();
    }
    sshd = opened;
    return opened;
  }

  /** Closes the connections, then ends every process. */
  void end() {
    start.fail(stopped());
    WorkspaceSshd closing;
    synchronized (this) {
      ended = true;
      closing = sshd;
    }
    try {
      if (closing != null) {
        closing.close();
      }
    } catch (IOException e) {
      log.warn("[local-stop] the sshd of {} did not close in time", spec.id(), e);
    }
    processes.end();
    log.info("[local-stopped] {}", spec.id());
  }

  private static FailureException stopped() {
    return new FailureException(
        new Failure.Unavailable("workspace-stopped", "the workspace was stopped"));
  }
}
