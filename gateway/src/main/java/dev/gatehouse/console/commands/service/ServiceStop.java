package dev.gatehouse.console.commands.service;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.OwnerOption;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.name.ServiceName;
import dev.gatehouse.service.ServiceState;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

final class ServiceStop implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "service stop",
              Access.ANYBODY,
              "Stop a service; the next tunnel starts it again",
              "service stop jupyter",
              "service stop jupyter -w gpu",
              "service stop jupyter --user bob")
          .with(OwnerOption.OPTION, Access.ADMINISTRATOR);

  @Parameters(paramLabel = "NAME", description = "The service; it need not be defined any more.")
  private ServiceName name;

  @Mixin private final WorkspaceOption workspaceOption = new WorkspaceOption();
  @Mixin private final OwnerOption ownerOption = new OwnerOption();

  @Override
  public void run(Call call) throws InterruptedException {
    var served = Served.of(ownerOption.of(call), workspaceOption);
    var endpoint = served.running();
    Optional<ServiceState> state =
        endpoint.flatMap(e -> served.services().stop(served.id(), name, e));
    if (state.isEmpty()) {
      served.require(name);
    }
    served.workspaces().audit("service stop %s in %s".formatted(name, served.id()));
    call.show(
        new Result.Outcome(
            state.isPresent()
                ? "Service %s is stopped.".formatted(name)
                : "Service %s does not run.".formatted(name),
            Result.Details.of(
                Result.field("service", Value.of(name)),
                Result.field("state", Value.of("stopped")))));
  }
}
