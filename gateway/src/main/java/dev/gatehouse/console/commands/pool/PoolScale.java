package dev.gatehouse.console.commands.pool;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.cluster.edit.Edit;
import dev.gatehouse.cluster.edit.NewValue;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.changes.ChangeOptions;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.PoolName;
import java.util.LinkedHashMap;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class PoolScale implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "pool scale",
          Access.ADMINISTRATOR,
          "Let a node pool have more nodes, or fewer, down to none",
          "pool scale gpu --max 8",
          "pool scale gpu --min 0 --max 0",
          "pool scale cpu --nodes 3");

  @Parameters(paramLabel = "NAME", description = "The pool.")
  private PoolName name;

  @Option(names = "--min", paramLabel = "N", description = "How many nodes it has at least.")
  private Optional<Integer> min = Optional.empty();

  @Option(names = "--max", paramLabel = "N", description = "How many nodes it may have.")
  private Optional<Integer> max = Optional.empty();

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many nodes it shall have, where no autoscaler decides.")
  private Optional<Integer> nodes = Optional.empty();

  @Mixin private final PoolChange change = new PoolChange();
  @Mixin private final ChangeOptions options = new ChangeOptions();

  @Override
  public void run(Call call) throws InterruptedException {
    DefinedPools.require(call, name);
    var given = new LinkedHashMap<String, Integer>();
    min.ifPresent(n -> given.put("min", n));
    max.ifPresent(n -> given.put("max", n));
    nodes.ifPresent(n -> given.put("nodes", n));
    if (given.isEmpty()) {
      throw UserError.usage("say how many, such as --max 8; see 'gate help pool scale'");
    }
    var words =
        given.entrySet().stream()
            .map(e -> " --%s %d".formatted(e.getKey(), e.getValue()))
            .collect(joining());
    change.run(
        call,
        options,
        "pool scale %s%s".formatted(name, words),
        given.entrySet().stream()
            .<Edit>map(
                e ->
                    new Edit.Put(
                        DefinedPools.path(name).key(e.getKey()),
                        new NewValue.Word(String.valueOf(e.getValue()))))
            .toList());
  }
}
