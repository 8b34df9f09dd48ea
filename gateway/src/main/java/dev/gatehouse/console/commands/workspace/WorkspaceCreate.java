package dev.gatehouse.console.commands.workspace;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.OwnerOption;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.WorkspaceName;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class WorkspaceCreate implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "workspace create",
              Access.ANYBODY,
              "Make a workspace; the first login starts it",
              "workspace create gpu",
              "workspace create training --type gpu",
              "workspace create training --type gpu --user bob")
          .with(OwnerOption.OPTION, Access.ADMINISTRATOR);

  @Parameters(paramLabel = "NAME", description = "What it is to be called.")
  private WorkspaceName name;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Its machine type; that of its name if left out, or else the default.")
  private Optional<MachineTypeName> type = Optional.empty();

  @Mixin private final OwnerOption ownerOption = new OwnerOption();

  @Override
  public void run(Call call) throws InterruptedException {
    var workspaces = ownerOption.of(call);
    var spec = workspaces.admittedNew(name, type);
    var called = workspaces.called(name);
    workspaces.audit("workspace create %s of type %s".formatted(spec.id(), spec.type().name()));
    var _ =
        call.await(
            "making " + called,
            workspaces.port().create(spec),
            "see '%s'".formatted(workspaces.command("workspace list")));
    var made = workspaces.view(name);
    call.show(
        new Result.Outcome(
            "Workspace %s of machine type %s is made. Connect: %s"
                .formatted(called, made.type(), made.connect()),
            made.details()));
  }
}
