package dev.gatehouse.console;

import dev.gatehouse.failure.UserError;
import dev.gatehouse.workspace.WorkspaceInfo;
import java.util.Comparator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

final class WorkspaceList implements Command {
  private static final String ALL = "--all";

  static final About ABOUT =
      new About(
              "workspace list",
              Access.ANYBODY,
              "List your workspaces",
              "workspace list",
              "workspace list --json",
              "workspace list --user bob",
              "workspace list --all")
          .with(Whose.OPTION, Access.ADMINISTRATOR)
          .with(ALL, Access.ADMINISTRATOR);

  @Mixin private final Whose whose = new Whose();

  @Option(names = ALL, description = "Everybody's (administrators).")
  private boolean all;

  @Override
  public void run(Call call) {
    if (!all) {
      call.show(whose.of(call).table());
      return;
    }
    if (whose.isGiven()) {
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
