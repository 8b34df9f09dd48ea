package dev.gatehouse.console.commands.type;

import dev.gatehouse.cluster.edit.Edit;
import dev.gatehouse.cluster.edit.NewValue;
import dev.gatehouse.cluster.edit.ValuePath;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.changes.ChangeOptions;
import dev.gatehouse.console.changes.DefinitionChange;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.MachineTypeName;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

final class TypeAdd implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "type add",
          Access.ADMINISTRATOR,
          "Add a machine type to the definition",
          "type add big --cpu 16 --memory 128Gi",
          "type add train --image example/torch --gpus 1 --groups ml,hpc -m course");

  @Parameters(paramLabel = "NAME", description = "The new machine type.")
  private MachineTypeName name;

  @Mixin private final TypeOptions type = new TypeOptions();
  @Mixin private final ChangeOptions options = new ChangeOptions();

  @Override
  public void run(Call call) throws InterruptedException {
    if (call.services().definition().machineTypes().containsKey(name)) {
      throw new UserError(
          ExitCode.DATAERR,
          "there is a machine type %1$s already; 'gate type edit %1$s' changes it".formatted(name));
    }
    var edits = type.edits(path(name));
    new DefinitionChange(call, options, "type add %s%s".formatted(name, type.words()))
        .run(edits.isEmpty() ? List.of(new Edit.Put(path(name), new NewValue.Yaml("{}"))) : edits);
  }

  static ValuePath path(MachineTypeName name) {
    return ValuePath.of("machineTypes", name.value());
  }
}
