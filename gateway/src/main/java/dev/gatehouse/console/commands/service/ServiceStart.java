package dev.gatehouse.console.commands.service;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.name.ServiceName;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

final class ServiceStart implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "service start",
          Access.ANYBODY,
          "Start a service, and its workspace, and wait until it is ready",
          "service start jupyter",
          "service start jupyter -w gpu");

  @Parameters(paramLabel = "NAME", description = "The service.")
  private ServiceName name;

  @Mixin private final WorkspaceOption workspaceOption = new WorkspaceOption();

  @Override
  public void run(Call call) throws InterruptedException {
    var served = Served.of(call, workspaceOption);
    var service = served.require(name);
    served.start(service, served.started());
    call.show(running(served, name));
  }

  static Result running(Served served, ServiceName name) {
    return new Result.Outcome(
        "Service %s is running. How to reach it: gate service open %s%s"
            .formatted(name, name, served.option()),
        Result.Details.of(
            Result.field("service", Value.of(name)), Result.field("state", Value.of("running"))));
  }
}
