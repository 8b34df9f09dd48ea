package dev.gatehouse.console.commands.workspace;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.OwnerOption;
import dev.gatehouse.console.PersonWorkspaces;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.WorkspaceName;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

final class WorkspaceShow implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "workspace show",
              Access.ANYBODY,
              "Show one workspace and how to connect to it",
              "workspace show",
              "workspace show gpu",
              "workspace show --user bob")
          .with(OwnerOption.OPTION, Access.ADMINISTRATOR);

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The workspace; main if left out.")
  private WorkspaceName name = WorkspaceName.MAIN;

  @Mixin private final OwnerOption ownerOption = new OwnerOption();

  @Override
  public void run(Call call) {
    var workspaces = ownerOption.of(call);
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
