package dev.gatehouse.console.commands.service;

import dev.gatehouse.cluster.WorkspaceService;
import dev.gatehouse.cluster.WorkspaceService.Listens;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.ServiceName;
import dev.gatehouse.service.ServiceAccess;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Nobody asks for somebody else's: the token opens everything that its owner has. */
final class ServiceOpen implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "service open",
          Access.ANYBODY,
          "Show the tunnel to a service and the address for a browser",
          "service open jupyter",
          "service open jupyter --port 9999",
          "service open jupyter -w gpu");

  private static final int MOST = 65_535;

  @Parameters(paramLabel = "NAME", description = "The service.")
  private ServiceName name;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description =
          "The port of your own machine where the tunnel begins; that of the service if left out.")
  private Optional<Integer> port = Optional.empty();

  @Mixin private final WorkspaceOption workspaceOption = new WorkspaceOption();

  @Override
  public void run(Call call) throws InterruptedException {
    port.filter(p -> p < 1 || p > MOST)
        .ifPresent(
            _ -> {
              throw UserError.usage("--port takes a number from 1 to %d".formatted(MOST));
            });
    var served = Served.of(call, workspaceOption);
    var service = served.require(name);
    var access = access(served, service);
    var login = served.workspace().connect().substring("ssh ".length());
    var tunnel = new ServiceTunnel(service, login, access.home());
    var local = port.orElseGet(tunnel::usualPort);
    var token = access.token();
    var details =
        Result.Details.of(
            Result.field("tunnel", Value.of(tunnel.command(local))),
            Result.field("address", Value.of(tunnel.address(local, token.orElse("")))));
    call.show(
        token.isEmpty() ? details : details.with(Result.field("token", Value.of(token.get()))));
  }

  /** The workspace is asked for what only it knows, and started for that. */
  private static ServiceAccess access(Served served, WorkspaceService service)
      throws InterruptedException {
    var known = service.tokenVariable().isEmpty() && !(service.listens() instanceof Listens.Socket);
    return known
        ? new ServiceAccess("", Optional.empty())
        : served.services().access(served.id(), service, served.started());
  }
}
