package dev.gatehouse.console.commands.pool;

import dev.gatehouse.cluster.edit.Edit;
import dev.gatehouse.cluster.edit.NewValue;
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

final class PoolAdd implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "pool add",
          Access.ADMINISTRATOR,
          "Add a node pool to the definition",
          "pool add gpu --max 4 --instance-types g5.4xlarge,g6.4xlarge --gpus 1",
          "pool add batch --max 20 --spot --instance-types m7i.4xlarge,m7a.4xlarge",
          "pool add quiet --nodes 2 --taint example.com/quiet --label example.com/disk=nvme");

  @Parameters(paramLabel = "NAME", description = "The new pool.")
  private PoolName name;

  @Mixin private final PoolOptions pool = new PoolOptions();
  @Mixin private final PoolChange change = new PoolChange();
  @Mixin private final ChangeOptions options = new ChangeOptions();

  @Override
  public void run(Call call) throws InterruptedException {
    if (call.services().definition().pools().containsKey(name)) {
      throw new UserError(
          ExitCode.DATAERR,
          "there is a pool %1$s already; 'gate pool edit %1$s' changes it".formatted(name));
    }
    var path = DefinedPools.path(name);
    var edits = pool.edits(path);
    change.run(
        call,
        options,
        "pool add %s%s".formatted(name, pool.words()),
        edits.isEmpty() ? List.of(new Edit.Put(path, new NewValue.Yaml("{}"))) : edits);
  }
}
