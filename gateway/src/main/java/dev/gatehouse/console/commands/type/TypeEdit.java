package dev.gatehouse.console.commands.type;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.cluster.edit.Edit;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.DefinedMachineType;
import dev.gatehouse.console.changes.ChangeOptions;
import dev.gatehouse.console.changes.DefinitionChange;
import dev.gatehouse.failure.UserError;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class TypeEdit implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "type edit",
          Access.ADMINISTRATOR,
          "Change a machine type; workspaces have it from their next start on",
          "type edit gpu --memory 64Gi",
          "type edit gpu --unset groups");

  @Parameters(paramLabel = "NAME", description = "The machine type.")
  private DefinedMachineType name;

  @Option(
      names = "--unset",
      paramLabel = "KEY",
      description = "A key that goes, so that its default counts; may be repeated.")
  private List<String> unset = List.of();

  @Mixin private final TypeOptions type = new TypeOptions();
  @Mixin private final ChangeOptions options = new ChangeOptions();

  @Override
  public void run(Call call) throws InterruptedException {
    DefinedTypes.require(call, name.name());
    var path = TypeAdd.path(name.name());
    var edits = new ArrayList<>(type.edits(path));
    unset.forEach(key -> edits.add(new Edit.Remove(path.key(key))));
    if (edits.isEmpty()) {
      throw UserError.usage("say what changes, such as --cpu 8; see 'gate help type edit'");
    }
    var words = type.words() + unset.stream().map(" --unset "::concat).collect(joining());
    new DefinitionChange(call, options, "type edit %s%s".formatted(name, words)).run(edits);
  }
}
