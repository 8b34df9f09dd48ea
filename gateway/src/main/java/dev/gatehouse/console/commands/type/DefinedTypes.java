package dev.gatehouse.console.commands.type;

import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.console.Call;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.workspace.WorkspaceInfo;
import java.util.List;
import java.util.stream.Collectors;

/** The machine types that the definition in force has. */
final class DefinedTypes {
  private DefinedTypes() {}

  /**
   * @throws UserError if there is none of that name
   */
  static MachineType require(Call call, MachineTypeName name) {
    var types = call.services().definition().machineTypes();
    var type = types.get(name);
    if (type == null) {
      throw new UserError(
          ExitCode.DATAERR,
          "there is no machine type %s; there are %s"
              .formatted(
                  name,
                  types.keySet().stream().map(Object::toString).collect(Collectors.joining(", "))));
    }
    return type;
  }

  /** Returns everybody's workspaces of a machine type. */
  static List<WorkspaceInfo> workspaces(Call call, MachineTypeName name) {
    return call.services().workspaces().all().stream().filter(w -> w.type().equals(name)).toList();
  }
}
