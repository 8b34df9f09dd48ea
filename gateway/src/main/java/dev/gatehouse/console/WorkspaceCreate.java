package dev.gatehouse.console;

import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.WorkspaceName;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class WorkspaceCreate implements Command {
  static final About ABOUT =
      new About(
              "workspace create",
              Access.ANYBODY,
              "Make a workspace; the first login starts it",
              "workspace create gpu",
              "workspace create training --type gpu",
              "workspace create training --type gpu --user bob")
          .with(Whose.OPTION, Access.ADMINISTRATOR);

  @Parameters(paramLabel = "NAME", description = "What it is to be called.")
  private WorkspaceName name;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Its machine type; that of its name if left out, or else the default.")
  private Optional<MachineTypeName> type = Optional.empty();

  @Mixin private final Whose whose = new Whose();

  @Override
  public void run(Call call) throws InterruptedException {
    var workspaces = whose.of(call);
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
