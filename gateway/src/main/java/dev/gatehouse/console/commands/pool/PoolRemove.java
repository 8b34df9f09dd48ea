package dev.gatehouse.console.commands.pool;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.cluster.edit.Edit;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.changes.ChangeOptions;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.PoolName;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

final class PoolRemove implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "pool remove",
          Access.ADMINISTRATOR,
          "Remove a node pool from the definition, and its nodes with it",
          "pool remove batch --yes");

  @Parameters(paramLabel = "NAME", description = "The pool.")
  private PoolName name;

  @Mixin private final PoolChange change = new PoolChange();
  @Mixin private final ChangeOptions options = new ChangeOptions();

  @Override
  public void run(Call call) throws InterruptedException {
    DefinedPools.require(call, name);
    var types = DefinedPools.types(call, name);
    if (!types.isEmpty()) {
      throw new UserError(
          ExitCode.DATAERR,
          "these machine types run in pool %s and nowhere else: %s; first give each another, or"
                  .formatted(name, types.stream().map(Object::toString).collect(joining(", ")))
              + " none: 'gate type edit %s --unset pool'".formatted(types.getFirst()));
    }
    change.run(
        call, options, "pool remove " + name, List.of(new Edit.Remove(DefinedPools.path(name))));
  }
}
