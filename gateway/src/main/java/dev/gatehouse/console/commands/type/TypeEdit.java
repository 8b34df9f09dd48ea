package dev.gatehouse.console.commands.type;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.DefinedMachineType;
import dev.gatehouse.console.changes.ChangeOptions;
import dev.gatehouse.console.changes.DefinitionChange;
import dev.gatehouse.console.changes.DefinitionText;
import dev.gatehouse.failure.UserError;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

final class TypeEdit implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "type edit",
          Access.ADMINISTRATOR,
          "Change a machine type; workspaces have it from their next start on",
          "type edit gpu --memory 64Gi",
          "type edit gpu --groups '' -m 'for everybody now'");

  @Parameters(paramLabel = "NAME", description = "The machine type.")
  private DefinedMachineType name;

  @Mixin private final TypeOptions type = new TypeOptions();
  @Mixin private final ChangeOptions options = new ChangeOptions();

  @Override
  public void run(Call call) throws InterruptedException {
    DefinedTypes.require(call, name.name());
    if (type.given().isEmpty()) {
      throw UserError.usage("say what changes, such as --cpu 8; see 'gate help type edit'");
    }
    new DefinitionChange(call, options, "type edit %s%s".formatted(name, type.words()))
        .run(this::edited);
  }

  private String edited(String text) {
    var path = TypeAdd.path(name.name());
    var edited = text;
    for (var entry : type.given().entrySet()) {
      var key = path + "." + entry.getKey();
      var now = DefinitionText.of(edited);
      if (entry.getValue().isPresent()) {
        edited = now.with(key, entry.getValue().get());
      } else if (now.has(key)) {
        edited = now.without(key);
      }
    }
    return edited;
  }
}
