package dev.gatehouse.console.commands.workspace;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.ExistingWorkspace;
import dev.gatehouse.console.OwnerOption;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.workspace.WorkspaceEvent;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

final class WorkspaceEvents implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "workspace events",
              Access.ANYBODY,
              "Show what the cluster did with a workspace lately",
              "workspace events",
              "workspace events gpu",
              "workspace events --user bob")
          .with(OwnerOption.OPTION, Access.ADMINISTRATOR);

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The workspace; main if left out.")
  private ExistingWorkspace workspace = ExistingWorkspace.MAIN;

  @Mixin private final OwnerOption ownerOption = new OwnerOption();

  @Override
  public void run(Call call) {
    var workspaces = ownerOption.of(call);
    var id = workspaces.require(workspace).id();
    call.show(
        Table.of(workspaces.port().events(id))
            .column("at", e -> new Value.Moment(e.at()))
            .column("kind", WorkspaceEvents::kind)
            .column("reason", e -> Value.of(e.reason()))
            .column("message", Table.Fit.WRAP, e -> Value.of(e.message()))
            .whenEmpty(
                "Nothing has happened to workspace %s lately."
                    .formatted(workspaces.called(id.name()))));
  }

  private static Value kind(WorkspaceEvent event) {
    return event.warning()
        ? new Value.State("warning", Line.Style.BAD)
        : new Value.State("normal", Line.Style.DIM);
  }
}
