package dev.gatehouse.console;

import dev.gatehouse.admission.Decision;
import dev.gatehouse.console.view.Interrupted;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.directory.Person;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.Username;
import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.HomeInfo;
import dev.gatehouse.workspace.HomeSnapshots;
import dev.gatehouse.workspace.Start;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceSpec;
import dev.gatehouse.workspace.Workspaces;
import java.util.List;
import java.util.Optional;

/**
 * One person's workspaces and nobody else's, as somebody works on them who may.
 *
 * @param owner need not be in the directory any more
 */
public record PersonWorkspaces(Username owner, Call call) {
  public Workspaces port() {
    return call.services().workspaces();
  }

  public List<WorkspaceInfo> all() {
    return port().list(owner);
  }

  public Optional<HomeInfo> home() {
    return port().home(owner);
  }

  /**
   * Returns the snapshots of everybody's homes.
   *
   * @throws FailureException if the platform makes none
   */
  public HomeSnapshots snapshots() {
    return port()
        .snapshots()
        .orElseThrow(
            () ->
                new FailureException(
                    new Failure.Unavailable(
                        "no-snapshots",
                        "homes are folders of this machine here, without snapshots")));
  }

  /** Whether anything is left of their home. */
  boolean hasSnapshots() {
    return port().snapshots().filter(all -> !all.of(owner).isEmpty()).isPresent();
  }

  /**
   * For what takes the home away.
   *
   * @throws FailureException if one of them uses it
   */
  public void requireNothingRuns() {
    all().stream()
        .map(w -> WorkspaceView.of(w, call.services()))
        .filter(w -> !w.isStopped())
        .map(w -> w.id().name())
        .findFirst()
        .ifPresent(
            name -> {
              throw new FailureException(
                  new Failure.Denied(
                      "home-in-use",
                      "workspace %s uses the home; first '%s'"
                          .formatted(called(name), command("workspace stop " + name))));
            });
  }

  public Table table() {
    return WorkspaceView.table(
        views(all()),
        isOwn()
            ? "No workspaces yet. To make one: ssh " + call.services().host()
            : owner + " has no workspaces.");
  }

  private List<WorkspaceView> views(List<WorkspaceInfo> infos) {
    return infos.stream().map(i -> WorkspaceView.of(i, call.services())).toList();
  }

  /**
   * A workspace that is there.
   *
   * @throws UserError if it is not
   */
  public WorkspaceView require(ExistingWorkspace workspace) {
    return find(workspace.name())
        .map(info -> WorkspaceView.of(info, call.services()))
        .orElseThrow(() -> missing(workspace.name()));
  }

  private UserError missing(WorkspaceName name) {
    var names = all().stream().map(w -> w.id().name().value()).toList();
    var hint =
        DidYouMean.word(name.value(), names)
            .map("did you mean '%s'?"::formatted)
            .orElseGet(() -> "'%s' shows them".formatted(command("workspace list")));
    return new UserError(
        ExitCode.DATAERR, "there is no workspace %s; %s".formatted(called(name), hint));
  }

  /**
   * A workspace that is there, or that would be made if it were started.
   *
   * @throws FailureException if it is neither
   */
  public WorkspaceView view(WorkspaceName name) {
    return find(name)
        .map(info -> WorkspaceView.of(info, call.services()))
        .orElseGet(() -> WorkspaceView.ofNew(admitted(name), call.services()));
  }

  private Optional<WorkspaceInfo> find(WorkspaceName name) {
    return all().stream().filter(w -> w.id().name().equals(name)).findFirst();
  }

  /**
   * What is needed to start it.
   *
   * @throws FailureException if the owner may not have it
   */
  public WorkspaceSpec admitted(WorkspaceName name) {
    return granted(call.services().admission().workspace(person(), name, all()));
  }

  /** What is needed to make it; throws as {@link #admitted}. */
  public WorkspaceSpec admittedNew(WorkspaceName name, Optional<MachineTypeName> type) {
    return granted(call.services().admission().newWorkspace(person(), name, type, all()));
  }

  /** The same workspace with another machine type; throws as {@link #admitted}. */
  public WorkspaceSpec admittedAs(WorkspaceName name, MachineTypeName type) {
    return granted(call.services().admission().machineType(person(), name, type, all()));
  }

  private static WorkspaceSpec granted(Decision decision) {
    return switch (decision) {
      case Decision.Granted(var spec) -> spec;
      case Decision.Denied(var why) -> throw new FailureException(why);
    };
  }

  private Person person() {
    if (isOwn()) {
      return call.person();
    }
    var person = call.requirePerson(owner);
    if (person.disabled()) {
      throw new UserError(
          ExitCode.NOPERM, "%s is disabled; first 'gate user enable %s'".formatted(owner, owner));
    }
    return person;
  }

  /** Shows how a start goes, until it is over. */
  public void watch(Start start, WorkspaceName name) throws InterruptedException {
    var watch = new Watch(call.screen(), call.services().clock(), "starting " + called(name));
    start.onProgress(watch::step);
    try {
      watch.until(start.endpoint());
    } catch (InterruptedException e) {
      throw new Interrupted("no longer watching; " + goesOn("start", name));
    }
    Stages.await(start.endpoint());
  }

  /** Stops it and shows how long that takes. */
  public void stop(WorkspaceView workspace) throws InterruptedException {
    var name = workspace.id().name();
    call.await(
        "stopping " + called(name),
        port().stopBy(workspace.id(), call.person().username()),
        goesOn("stop", name));
  }

  /**
   * @param what such as {@code stop}
   */
  String goesOn(String what, WorkspaceName name) {
    return "the %s goes on, see '%s'".formatted(what, command("workspace show " + name));
  }

  /** Tells the log of a change to somebody else's things. */
  public void audit(String what) {
    if (!isOwn()) {
      call.audit(what);
    }
  }

  public boolean isOwn() {
    return call.person().username().equals(owner);
  }

  /** How a sentence names it: {@code main}, or {@code bob/main}. */
  public String called(WorkspaceName name) {
    return isOwn() ? name.value() : owner + "/" + name;
  }

  /** A command line for the person to copy. */
  public String command(String words) {
    return "gate " + words + (isOwn() ? "" : " %s %s".formatted(OwnerOption.OPTION, owner));
  }
}
