package dev.gatehouse.console.commands.cluster;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.RevisionNumber;
import dev.gatehouse.console.changes.ChangeOptions;
import dev.gatehouse.console.changes.DefinitionChange;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

final class ClusterRevert implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "cluster revert",
          Access.ADMINISTRATOR,
          "Make the text of an earlier revision the definition again",
          "cluster revert 7",
          "cluster revert 7 -m \"'the new image does not start'\"");

  @Parameters(paramLabel = "REV", description = "Its number in 'gate cluster history'.")
  private RevisionNumber number;

  @Mixin private final ChangeOptions options = new ChangeOptions();

  @Override
  public void run(Call call) throws InterruptedException {
    var old = DefinitionChange.revision(call, number.value());
    new DefinitionChange(
            call, options.orElseWhy("revert to revision " + number), "cluster revert " + number)
        .run(old.text());
  }
}
