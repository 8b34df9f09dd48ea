package dev.gatehouse.console;

import dev.gatehouse.name.WorkspaceName;
import dev.gatehouse.workspace.Start;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class WorkspaceStart implements Command {
  static final About ABOUT =
      new About(
          "workspace start",
          Access.ANYBODY,
          "Start a workspace and watch it start",
          "workspace start",
          "workspace start gpu --no-wait");

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description =
          "The workspace; main if left out. A new one is made from the machine type of its name.")
  private WorkspaceName name = WorkspaceName.MAIN;

  @Option(names = "--no-wait", description = "Return at once; the start goes on.")
  private boolean noWait;

  @Override
  public void run(Call call) throws InterruptedException {
    var start = call.services().workspaces().start(call.workspaces().admitted(name));
    if (!noWait || start.endpoint().toCompletableFuture().isDone()) {
      watch(start, call);
    }
    var now = call.workspaces().view(name);
    call.show(new Result.Outcome(sentence(now), now.details()));
  }

  private void watch(Start start, Call call) throws InterruptedException {
    var watch = new Watch(call.screen(), call.services().clock(), "starting " + name);
    start.onProgress(watch::step);
    try {
      watch.until(start.endpoint());
    } catch (InterruptedException e) {
      throw new Interrupted(
          "no longer watching; the start goes on, see 'gate workspace show %s'".formatted(name));
    }
    Stages.await(start.endpoint());
  }

  private String sentence(WorkspaceView now) {
    return switch (now.state()) {
      case RUNNING -> "Workspace %s is running. Connect: %s".formatted(name, now.connect());
      case STARTING -> "Workspace %s is starting.".formatted(name);
      case STOPPING, STOPPED -> "Workspace %s was started, and has been stopped.".formatted(name);
    };
  }
}
