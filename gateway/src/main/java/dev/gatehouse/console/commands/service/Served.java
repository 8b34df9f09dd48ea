package dev.gatehouse.console.commands.service;

import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.cluster.WorkspaceService;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.PersonWorkspaces;
import dev.gatehouse.console.Stages;
import dev.gatehouse.console.WorkspaceView;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.ServiceName;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.service.WorkspaceServices;
import dev.gatehouse.workspace.Endpoint;
import dev.gatehouse.workspace.WorkspaceId;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** One workspace and its services, for the commands on them. */
record Served(PersonWorkspaces workspaces, WorkspaceView workspace) {
  static Served of(Call call, WorkspaceOption option) {
    return of(call.workspaces(), option);
  }

  static Served of(PersonWorkspaces workspaces, WorkspaceOption option) {
    return new Served(workspaces, workspaces.view(option.name()));
  }

  WorkspaceId id() {
    return workspace.id();
  }

  private WorkspaceName name() {
    return id().name();
  }

  WorkspaceServices services() {
    return workspaces.call().services().workspaceServices();
  }

  /** Those of the workspace's machine type, as it is defined now. */
  NavigableMap<ServiceName, WorkspaceService> defined() {
    return workspace.machineType().map(MachineType::services).orElseGet(TreeMap::new);
  }

  /**
   * A service that is defined.
   *
   * @throws UserError if it is not
   */
  WorkspaceService require(ServiceName service) {
    return Optional.ofNullable(defined().get(service))
        .orElseThrow(
            () ->
                new UserError(
                    ExitCode.DATAERR,
                    "the machine type of workspace %s has no service %s; '%s' shows those it has"
                        .formatted(
                            called(), service, workspaces.command("service list" + option()))));
  }

  /** Where the workspace runs; empty if it does not. */
  Optional<Endpoint> running() throws InterruptedException {
    if (workspace.state() != State.RUNNING) {
      return Optional.empty();
    }
    var known = workspaces.port().running(id());
    return known.isPresent()
        ? known
        : Optional.of(
            Stages.await(workspaces.port().start(workspaces.admitted(name())).endpoint()));
  }

  /** Where the workspace runs, after it was started if need be. */
  Endpoint started() throws InterruptedException {
    var start = workspaces.port().start(workspaces.admitted(name()));
    if (!start.endpoint().toCompletableFuture().isDone()) {
      workspaces.watch(start, name());
    }
    return Stages.await(start.endpoint());
  }

  /** Starts a service, shows how long that takes, and waits until it is ready. */
  void start(WorkspaceService service, Endpoint endpoint) throws InterruptedException {
    workspaces
        .call()
        .await(
            "starting " + service.name(),
            services().start(id(), service, endpoint),
            "the start goes on, see '%s'".formatted(workspaces.command("service list" + option())));
  }

  /** How a sentence names the workspace. */
  String called() {
    return workspaces.called(name());
  }

  /** How a command line names it, behind a blank; empty for the usual one. */
  String option() {
    return name().equals(WorkspaceName.MAIN) ? "" : " -w " + name();
  }
}
