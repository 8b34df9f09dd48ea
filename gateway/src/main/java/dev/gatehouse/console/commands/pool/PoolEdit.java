package dev.gatehouse.console.commands.pool;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.cluster.edit.Edit;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.changes.ChangeOptions;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.PoolName;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class PoolEdit implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "pool edit",
          Access.ADMINISTRATOR,
          "Change a node pool: instance types, spot, zones, disk, image, labels, taints",
          "pool edit gpu --instance-types g6.4xlarge,g6.8xlarge",
          "pool edit batch --on-demand",
          "pool edit gpu --unset zones");

  @Parameters(paramLabel = "NAME", description = "The pool.")
  private PoolName name;

  @Option(
      names = "--unset",
      paramLabel = "KEY",
      description = "A key that goes, so that its default counts; may be repeated.")
  private List<String> unset = List.of();

  @Mixin private final PoolOptions pool = new PoolOptions();
  @Mixin private final PoolChange change = new PoolChange();
  @Mixin private final ChangeOptions options = new ChangeOptions();

  @Override
  public void run(Call call) throws InterruptedException {
    DefinedPools.require(call, name);
    var path = DefinedPools.path(name);
    var edits = new ArrayList<>(pool.edits(path));
    unset.forEach(key -> edits.add(new Edit.Remove(path.key(key))));
    if (edits.isEmpty()) {
      throw UserError.usage("say what changes, such as --spot; see 'gate help pool edit'");
    }
    var words = pool.words() + unset.stream().map(" --unset "::concat).collect(joining());
    change.run(call, options, "pool edit %s%s".formatted(name, words), edits);
  }
}
