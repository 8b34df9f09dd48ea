package dev.gatehouse.console.commands.workspace;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.OwnerOption;
import dev.gatehouse.console.WorkspaceView;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.workspace.WorkspaceInfo;
import java.util.Comparator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

public final class WorkspaceList implements Command {
  private static final String ALL = "--all";

  public static final CommandInfo ABOUT =
      new CommandInfo(
              "workspace list",
              Access.ANYBODY,
              "List your workspaces",
              "workspace list",
              "workspace list --json",
              "workspace list --user bob",
              "workspace list --all")
          .with(OwnerOption.OPTION, Access.ADMINISTRATOR)
          .with(ALL, Access.ADMINISTRATOR);

  @Mixin private final OwnerOption ownerOption = new OwnerOption();

  @Option(names = ALL, description = "Everybody's (administrators).")
  private boolean all;

  @Override
  public void run(Call call) {
    if (!all) {
      call.show(ownerOption.of(call).table());
      return;
    }
    if (ownerOption.isGiven()) {
      throw UserError.usage("say --user or --all, not both");
    }
    call.show(
        WorkspaceView.tableOfAll(
            call.services().workspaces().all().stream()
                .sorted(
                    Comparator.comparing((WorkspaceInfo w) -> w.id().owner())
                        .thenComparing(w -> w.id().name()))
                .map(w -> WorkspaceView.of(w, call.services()))
                .toList()));
  }
}
