package dev.gatehouse.console.commands.type;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.DefinedMachineType;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Quantity;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import java.util.Locale;
import picocli.CommandLine.Parameters;

final class TypeShow implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "type show",
          Access.ADMINISTRATOR,
          "Show a machine type and whose workspaces have it",
          "type show gpu");

  @Parameters(paramLabel = "NAME", description = "The machine type.")
  private DefinedMachineType name;

  @Override
  public void run(Call call) {
    var type = DefinedTypes.require(call, name.name());
    var hardware = type.hardware();
    var isDefault = call.services().definition().workspaces().defaultType().equals(type.name());
    call.show(
        Result.Details.of(
                Result.field("machine type", Value.of(type.name())),
                Result.field("description", TypeList.description(type)),
                Result.field("default", new Value.Flag(isDefault)),
                Result.field("groups", Value.of(type.groups())),
                Result.field("image", Value.of(hardware.image())),
                Result.field("cpu", Quantity.cores(hardware.cpu().text())),
                Result.field("memory", Quantity.bytes(hardware.memory().text())),
                Result.field("gpus", new Value.Count(hardware.gpus())))
            .with(
                "workspaces",
                Table.of(DefinedTypes.workspaces(call, type.name()))
                    .column("workspace", w -> Value.of(w.id()))
                    .column(
                        "state",
                        w ->
                            new Value.State(
                                w.state().name().toLowerCase(Locale.ROOT), Line.Style.PLAIN))
                    .whenEmpty("No workspace is of this machine type.")));
  }
}
