package dev.gatehouse.console.commands.service;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.name.ServiceName;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

final class ServiceRestart implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "service restart",
          Access.ANYBODY,
          "Stop a service and start it again, as it is defined now",
          "service restart jupyter",
          "service restart jupyter -w gpu");

  @Parameters(paramLabel = "NAME", description = "The service.")
  private ServiceName name;

  @Mixin private final WorkspaceOption workspaceOption = new WorkspaceOption();

  @Override
  public void run(Call call) throws InterruptedException {
    var served = Served.of(call, workspaceOption);
    var service = served.require(name);
    var endpoint = served.started();
    served.services().stop(served.id(), name, endpoint);
    served.start(service, endpoint);
    call.show(ServiceStart.running(served, name));
  }
}
