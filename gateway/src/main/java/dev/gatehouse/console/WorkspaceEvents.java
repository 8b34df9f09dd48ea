package dev.gatehouse.console;

import dev.gatehouse.workspace.WorkspaceEvent;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

final class WorkspaceEvents implements Command {
  static final About ABOUT =
      new About(
              "workspace events",
              Access.ANYBODY,
              "Show what the cluster did with a workspace lately",
              "workspace events",
              "workspace events gpu",
              "workspace events --user bob")
          .with(Whose.OPTION, Access.ADMINISTRATOR);

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The workspace; main if left out.")
  private ExistingWorkspace workspace = ExistingWorkspace.MAIN;

  @Mixin private final Whose whose = new Whose();

  @Override
  public void run(Call call) {
    var workspaces = whose.of(call);
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
