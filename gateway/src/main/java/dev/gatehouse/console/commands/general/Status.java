package dev.gatehouse.console.commands.general;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

final class Status implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "status",
              Access.ANYBODY,
              "Show the cluster and your workspaces; --limits what may be asked of it",
              "status",
              "status --limits")
          // Somebody who knows them can stay just below.
          .with("--limits", Access.ADMINISTRATOR);

  @Option(names = "--limits", description = "Show the limits in force; for administrators.")
  private boolean limits;

  @Override
  public void run(Call call) {
    var services = call.services();
    if (limits) {
      call.show(LimitsView.table(services.definition().limits()));
      return;
    }
    var uptime =
        Duration.between(services.started(), services.clock().instant())
            .truncatedTo(ChronoUnit.SECONDS);
    var fields =
        new ArrayList<>(
            List.of(
                Result.field("cluster", Value.of(services.definition().gateway().name())),
                Result.field("version", Value.of(version())),
                Result.field("uptime", new Value.Span(uptime))));
    if (call.administrator()) {
      fields.addAll(DefinitionLines.of(services.inForce()));
      fields.add(Result.field("connections", new Value.Count(services.sessions().all().size())));
      services
          .directoryHealth()
          .get()
          .map(health -> DirectoryLine.of(health, services.clock().instant()))
          .ifPresent(line -> fields.add(Result.field("directory", line)));
    }
    var workspaces = call.workspaces().table();
    call.show(new Result.Details(fields, List.of()).with("workspaces", workspaces));
  }

  private static String version() {
    return Optional.ofNullable(Status.class.getPackage().getImplementationVersion()).orElse("dev");
  }
}
