package dev.gatehouse.console.commands.workspace;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.OwnerOption;
import dev.gatehouse.console.WorkspaceView;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.name.WorkspaceName;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class WorkspaceStart implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "workspace start",
              Access.ANYBODY,
              "Start a workspace and watch it start",
              "workspace start",
              "workspace start gpu --no-wait",
              "workspace start --user bob")
          .with(OwnerOption.OPTION, Access.ADMINISTRATOR);

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description =
          "The workspace; main if left out. A new one is made from the machine type of its name.")
  private WorkspaceName name = WorkspaceName.MAIN;

  @Option(names = "--no-wait", description = "Return at once; the start goes on.")
  private boolean noWait;

  @Mixin private final OwnerOption ownerOption = new OwnerOption();

  @Override
  public void run(Call call) throws InterruptedException {
    var workspaces = ownerOption.of(call);
    var spec = workspaces.admitted(name);
    var start = workspaces.port().start(spec);
    workspaces.audit("workspace start " + spec.id());
    if (!noWait || start.endpoint().toCompletableFuture().isDone()) {
      workspaces.watch(start, name);
    }
    var now = workspaces.view(name);
    call.show(new Result.Outcome(sentence(now, workspaces.called(name)), now.details()));
  }

  private static String sentence(WorkspaceView now, String called) {
    return switch (now.state()) {
      case RUNNING -> "Workspace %s is running. Connect: %s".formatted(called, now.connect());
      case STARTING -> "Workspace %s is starting.".formatted(called);
      case STOPPING, STOPPED -> "Workspace %s was started, and has been stopped.".formatted(called);
    };
  }
}
