package dev.gatehouse.console.commands.type;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Quantity;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.workspace.WorkspaceInfo;

final class TypeList implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "type list", Access.ADMINISTRATOR, "List the machine types and their use", "type list");

  @Override
  public void run(Call call) {
    var used =
        call.services().workspaces().all().stream()
            .collect(groupingBy(WorkspaceInfo::type, counting()));
    call.show(
        Table.of(call.services().definition().machineTypes().values())
            .column("machine type", Table.Fit.WHOLE, t -> Value.of(t.name()))
            .column("cpu", Table.Fit.WHOLE, t -> Quantity.cores(t.hardware().cpu().text()))
            .column("memory", Table.Fit.WHOLE, t -> Quantity.bytes(t.hardware().memory().text()))
            .column("gpus", Table.Fit.WHOLE, t -> new Value.Count(t.hardware().gpus()))
            .column("workspaces", t -> new Value.Count(used.getOrDefault(t.name(), 0L)))
            .column("groups", Table.Fit.SPARE, t -> Value.of(t.groups()))
            .column("image", Table.Fit.SPARE, t -> Value.of(t.hardware().image()))
            .column("description", Table.Fit.WRAP, TypeList::description)
            .whenEmpty("There is no machine type."));
  }

  static Value description(MachineType type) {
    return type.description().isEmpty() ? new Value.None() : Value.of(type.description());
  }
}
