package dev.gatehouse.console.commands.cluster;

import dev.gatehouse.cluster.edit.Edit;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.DefinitionKey;
import dev.gatehouse.console.changes.ChangeOptions;
import dev.gatehouse.console.changes.DefinitionChange;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

final class ClusterUnset implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "cluster unset",
          Access.ADMINISTRATOR,
          "Remove one key of the definition, so that its default counts",
          "cluster unset gateway.motd");

  @Parameters(paramLabel = "KEY", description = "Such as gateway.motd.")
  private DefinitionKey key;

  @Mixin private final ChangeOptions options = new ChangeOptions();

  @Override
  public void run(Call call) throws InterruptedException {
    new DefinitionChange(call, options, "cluster unset " + key)
        .run(List.of(new Edit.Remove(key.path())));
  }
}
