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
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class TypeRemove implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "type remove",
          Access.ADMINISTRATOR,
          "Remove a machine type from the definition",
          "type remove big --yes",
          "type remove big --force -m \"'the nodes are gone'\"");

  private static final int SHOWN = 10;

  @Parameters(paramLabel = "NAME", description = "The machine type.")
  private DefinedMachineType name;

  @Option(
      names = "--force",
      description = "Also one that workspaces have: they cannot start until 'gate workspace type'.")
  private boolean force;

  @Mixin private final ChangeOptions options = new ChangeOptions();

  @Override
  public void run(Call call) throws InterruptedException {
    var type = DefinedTypes.require(call, name.name());
    if (call.services().definition().workspaces().defaultType().equals(type.name())) {
      throw new UserError(
          ExitCode.DATAERR,
          "%s is the default machine type; first 'gate cluster set workspaces.defaultType TYPE'"
              .formatted(name));
    }
    if (!force) {
      requireUnused(call);
    }
    new DefinitionChange(call, options, "type remove " + name)
        .run(List.of(new Edit.Remove(TypeAdd.path(name.name()))));
  }

  private void requireUnused(Call call) {
    var workspaces = DefinedTypes.workspaces(call, name.name());
    if (!workspaces.isEmpty()) {
      throw new UserError(
          ExitCode.DATAERR,
          "these workspaces are of machine type %s: %s%s; give them another with 'gate workspace"
                  .formatted(
                      name,
                      workspaces.stream()
                          .limit(SHOWN)
                          .map(w -> w.id().toString())
                          .collect(joining(", ")),
                      workspaces.size() > SHOWN
                          ? " and %d more".formatted(workspaces.size() - SHOWN)
                          : "")
              + " type', or add --force");
    }
  }
}
