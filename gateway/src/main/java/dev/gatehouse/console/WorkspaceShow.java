package dev.gatehouse.console;

import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.WorkspaceName;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

final class WorkspaceShow implements Command {
  static final About ABOUT =
      new About(
              "workspace show",
              Access.ANYBODY,
              "Show one workspace and how to connect to it",
              "workspace show",
              "workspace show gpu",
              "workspace show --user bob")
          .with(Whose.OPTION, Access.ADMINISTRATOR);

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The workspace; main if left out.")
  private WorkspaceName name = WorkspaceName.MAIN;

  @Mixin private final Whose whose = new Whose();

  @Override
  public void run(Call call) {
    var workspaces = whose.of(call);
    call.show(workspaces.view(name).details().with(Result.field("home", home(workspaces))));
  }

  /** What runs is known even while the cluster does not answer; the home is asked for. */
  private static Value home(PersonWorkspaces workspaces) {
    try {
      return workspaces.home().map(h -> Value.of(h.volume())).orElseGet(Value.None::new);
    } catch (FailureException e) {
      workspaces.call().screen().error("the home is not shown: " + e.failure().line());
      return new Value.None();
    }
  }
}
