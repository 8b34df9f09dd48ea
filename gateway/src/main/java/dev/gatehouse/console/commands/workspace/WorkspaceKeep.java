package dev.gatehouse.console.commands.workspace;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.KeepWord;
import dev.gatehouse.console.OwnerOption;
import dev.gatehouse.console.Stages;
import dev.gatehouse.console.WorkspaceView;
import dev.gatehouse.console.view.HumanTime;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.workspace.WorkspaceInfo;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

final class WorkspaceKeep implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
              "workspace keep",
              Access.ANYBODY,
              "Keep a workspace from being stopped when nobody uses it",
              "workspace keep 12h",
              "workspace keep gpu until 2026-11-30T18:00",
              "workspace keep gpu off",
              "workspace keep gpu 2d --user bob")
          .with(OwnerOption.OPTION, Access.ADMINISTRATOR);

  @Parameters(
      arity = "1..*",
      hideParamSyntax = true,
      paramLabel = "[NAME] TIME",
      description = {
        "The workspace, main if left out, and how long:",
        "90m, 12h, 2d, 'until 2026-11-30T18:00' (UTC), or off."
      })
  private List<KeepWord> words = List.of();

  @Mixin private final OwnerOption ownerOption = new OwnerOption();

  @Override
  public void run(Call call) throws InterruptedException {
    var now = call.services().clock().instant();
    var request = KeepRequest.parse(words, now);
    var workspaces = ownerOption.of(call);
    var id = workspaces.require(request.workspace()).id();
    workspaces.audit(
        "workspace keep %s %s"
            .formatted(
                id, request.until().map(u -> KeepWord.UNTIL + " " + u).orElse(KeepWord.OFF)));
    Stages.await(workspaces.port().keep(id, request.until()));
    var after = workspaces.require(request.workspace());
    var called = workspaces.called(id.name());
    call.show(
        new Result.Outcome(
            request
                .until()
                .map(u -> kept(called, after, u, now))
                .orElseGet(() -> off(called, after)),
            after.details()));
  }

  private static String kept(String called, WorkspaceView workspace, Instant until, Instant now) {
    return "Workspace %s is kept until %s (%s).%s"
        .formatted(
            called,
            HumanTime.clock(until),
            HumanTime.ago(until, now),
            workspace.isStopped() ? " It does not run now." : lifetime(workspace, until));
  }

  /** The end of its life comes all the same. */
  private static String lifetime(WorkspaceView workspace, Instant until) {
    return workspace
        .machineType()
        .flatMap(t -> t.idle().maxLifetime())
        .filter(_ -> workspace.state() == WorkspaceInfo.State.RUNNING)
        .flatMap(life -> workspace.since().map(since -> since.plus(life)))
        .filter(end -> end.isBefore(until))
        .map(
            end ->
                " Its machine type lets it run until %s at the longest."
                    .formatted(HumanTime.clock(end)))
        .orElse("");
  }

  private static String off(String called, WorkspaceView workspace) {
    return workspace
        .machineType()
        .flatMap(t -> t.idle().after())
        .map(
            idle ->
                "Workspace %s is no longer kept: it is stopped when nobody uses it for %s."
                    .formatted(called, HumanTime.span(idle)))
        .orElseGet(
            () ->
                "Workspace %s is no longer kept; it is not stopped when nobody uses it."
                    .formatted(called));
  }
}
