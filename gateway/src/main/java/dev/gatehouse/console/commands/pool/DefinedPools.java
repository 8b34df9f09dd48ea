package dev.gatehouse.console.commands.pool;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.cluster.Pool;
import dev.gatehouse.cluster.edit.ValuePath;
import dev.gatehouse.console.Call;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.MachineTypeName;
import dev.gatehouse.name.PoolName;
import dev.gatehouse.workspace.WorkspaceInfo;
import java.util.List;

/** The pools that the definition in force has. */
final class DefinedPools {
  private DefinedPools() {}

  /**
   * @throws UserError if there is none of that name
   */
  static Pool require(Call call, PoolName name) {
    var pools = call.services().definition().pools();
    var pool = pools.get(name);
    if (pool == null) {
      throw new UserError(
          ExitCode.DATAERR,
          pools.isEmpty()
              ? "there is no pool; 'gate pool add %s' adds it".formatted(name)
              : "there is no pool %s; there are %s"
                  .formatted(
                      name, pools.keySet().stream().map(Object::toString).collect(joining(", "))));
    }
    return pool;
  }

  static ValuePath path(PoolName name) {
    return ValuePath.of("pools", name.value());
  }

  /** The machine types that run in it and nowhere else. */
  static List<MachineTypeName> types(Call call, PoolName pool) {
    return call.services().definition().machineTypes().values().stream()
        .filter(type -> type.hardware().pool().filter(pool::equals).isPresent())
        .map(type -> type.name())
        .toList();
  }

  /** Everybody's workspaces of these types that are not stopped. */
  static List<WorkspaceInfo> running(Call call, PoolName pool) {
    var types = types(call, pool);
    return call.services().workspaces().all().stream()
        .filter(w -> w.state() != WorkspaceInfo.State.STOPPED && types.contains(w.type()))
        .toList();
  }
}
