package dev.gatehouse.console.commands.cluster;

import dev.gatehouse.cluster.edit.DefinitionValues;
import dev.gatehouse.cluster.revisions.Revision;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.DefinitionKey;
import dev.gatehouse.console.view.HumanTime;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Screen;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

final class ClusterShow implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "cluster show",
          Access.ADMINISTRATOR,
          "Show the definition as it is written, or one key of it",
          "cluster show",
          "cluster show > cluster.yaml",
          "cluster show machineTypes.gpu --json");

  @Parameters(
      arity = "0..1",
      paramLabel = "KEY",
      description = "Such as gateway.motd or machineTypes.gpu; without it, all.")
  private @Nullable DefinitionKey key;

  @Override
  public void run(Call call) {
    var revision = call.services().definitions().store().current();
    if (key != null) {
      var values = DefinitionValues.of(revision.text());
      call.show(new Result.Text(values.writtenAt(key.path()), values.at(key.path())));
      return;
    }
    if (call.format() == Screen.Format.TERMINAL) {
      tell(revision, call);
    }
    call.show(
        new Result.Text(
            revision.text(),
            call.format() == Screen.Format.JSON
                ? DefinitionValues.of(revision.text()).all()
                : null));
  }

  /** Beside the text, so that a terminal's copy of it is the text alone. */
  private static void tell(Revision revision, Call call) {
    var author = revision.author();
    call.screen()
        .tell(
            Line.of(
                Line.Style.DIM,
                "# revision %d, by %s, %s, %s%s"
                    .formatted(
                        revision.number(),
                        author.who(),
                        HumanTime.ago(revision.when(), call.services().clock().instant()),
                        author.from(),
                        author.why().map(": "::concat).orElse(""))));
    var restart = call.services().definitions().inForce().restartNeeded();
    if (!restart.isEmpty()) {
      call.screen()
          .tell(
              Line.of(
                  Line.Style.BUSY,
                  "# in force after a restart of the gateway%s: %s"
                      .formatted(
                          call.services().definitions().operator().isPresent()
                              ? ", which the operator does"
                              : "",
                          String.join(", ", restart))));
    }
  }
}
