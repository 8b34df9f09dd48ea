package dev.gatehouse.console.commands.workspace;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.ExistingWorkspace;
import dev.gatehouse.console.OwnerOption;
import dev.gatehouse.console.PersonWorkspaces;
import dev.gatehouse.console.Stages;
import dev.gatehouse.console.WorkspaceView;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.name.MachineTypeName;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class WorkspaceType implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "workspace type",
              Access.ANYBODY,
              "Change a workspace's machine type from its next start on",
              "workspace type main gpu",
              "workspace type main gpu --restart",
              "workspace type main gpu --user bob")
          .with(OwnerOption.OPTION, Access.ADMINISTRATOR);

  @Parameters(index = "0", paramLabel = "NAME", description = "The workspace.")
  private ExistingWorkspace workspace;

  @Parameters(index = "1", paramLabel = "TYPE", description = "Its new machine type.")
  private MachineTypeName type;

  @Option(names = "--restart", description = "If it runs, restart it now: its processes end.")
  private boolean restart;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Mixin private final OwnerOption ownerOption = new OwnerOption();

  @Override
  public void run(Call call) throws InterruptedException {
    var workspaces = ownerOption.of(call);
    var before = workspaces.require(workspace);
    var name = before.id().name();
    var spec = workspaces.admittedAs(name, type);
    var restarts = restart && !before.isStopped();
    if (restarts) {
      call.confirm(
          yes,
          "Workspace %s runs: its processes will end. Restart it?"
              .formatted(workspaces.called(name)));
    }
    workspaces.audit(
        "workspace type %s %s%s".formatted(spec.id(), type, restarts ? " --restart" : ""));
    Stages.await(workspaces.port().changeType(spec.id(), type));
    if (restarts) {
      workspaces.stop(before);
      workspaces.watch(workspaces.port().start(spec), name);
    }
    call.show(
        new Result.Outcome(
            sentence(before, restarts, workspaces), workspaces.view(name).details()));
  }

  private String sentence(WorkspaceView before, boolean restarted, PersonWorkspaces workspaces) {
    var called = workspaces.called(before.id().name());
    if (restarted) {
      return "Workspace %s is running, of machine type %s. Connect: %s"
          .formatted(called, type, before.connect());
    }
    if (before.isStopped()) {
      return "Workspace %s is of machine type %s.".formatted(called, type);
    }
    return "Workspace %s is of machine type %s from its next start on; --restart restarts it now."
        .formatted(called, type);
  }
}
