package dev.gatehouse.console.commands.cluster;

import dev.gatehouse.cluster.edit.Edit;
import dev.gatehouse.cluster.edit.NewValue;
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

final class ClusterSet implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "cluster set",
          Access.ADMINISTRATOR,
          "Change one key of the definition; all else stays as it is written",
          "cluster set workspaces.perPerson 5",
          "cluster set machineTypes.gpu.groups '[ml,hpc]' -m \"'the new group'\"");

  @Parameters(index = "0", paramLabel = "KEY", description = "Such as machineTypes.gpu.cpu.")
  private DefinitionKey key;

  @Parameters(
      index = "1",
      paramLabel = "VALUE",
      description = "As YAML has it: a word, a number, [a list], {a: map}.")
  private String value;

  @Mixin private final ChangeOptions options = new ChangeOptions();

  @Override
  public void run(Call call) throws InterruptedException {
    new DefinitionChange(call, options, "cluster set %s %s".formatted(key, value))
        .run(List.of(new Edit.Put(key.path(), new NewValue.Yaml(value))));
  }
}
