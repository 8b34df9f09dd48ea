package dev.gatehouse.console.commands.service;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.ServiceName;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class ServiceLogs implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "service logs",
          Access.ANYBODY,
          "Show what a service wrote last",
          "service logs jupyter",
          "service logs jupyter -n 200");

  private static final int MOST = 10_000;

  @Parameters(paramLabel = "NAME", description = "The service.")
  private ServiceName name;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "COUNT",
      description = "How many lines; 50 if left out.")
  private int count = 50;

  @Mixin private final WorkspaceOption workspaceOption = new WorkspaceOption();

  @Override
  public void run(Call call) throws InterruptedException {
    if (count < 1 || count > MOST) {
      throw UserError.usage("--lines takes a number from 1 to %d".formatted(MOST));
    }
    var served = Served.of(call, workspaceOption);
    served.require(name);
    var endpoint = served.running();
    var lines =
        endpoint.map(e -> served.services().logs(served.id(), name, e, count)).orElse(List.of());
    call.show(
        new Result.Lines(
            lines,
            endpoint.isEmpty()
                ? "Workspace %s does not run; the log is in ~/.local/state/gatehouse/services."
                    .formatted(served.called())
                : "Service %s has written nothing.".formatted(name)));
  }
}
