package dev.gatehouse.console.commands.pool;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Quantity;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.name.PoolName;
import java.util.Optional;
import picocli.CommandLine.Parameters;

final class PoolShow implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "pool show",
          Access.ADMINISTRATOR,
          "Show a node pool: what is wished, what there is, what is wrong, and who runs on it",
          "pool show gpu");

  @Parameters(paramLabel = "NAME", description = "The pool.")
  private PoolName name;

  @Override
  public void run(Call call) {
    var pool = DefinedPools.require(call, name);
    var view = PoolList.view(pool, PoolList.report(call));
    call.show(
        Result.Details.of(
                Result.field("pool", Value.of(name)),
                Result.field("state", view.state()),
                Result.field("ready nodes", view.nodes()),
                Result.field("min", view.min()),
                Result.field("max", view.max()),
                Result.field("nodes", count(pool.nodes())),
                Result.field("ceiling", count(pool.ceiling().or(pool::max))),
                Result.field("made by", view.engine()),
                Result.field("number decided by", view.decidedBy()),
                Result.field("a node usually takes", view.usualStart()),
                Result.field("instance types", view.instanceTypes()),
                Result.field("spot", new Value.Flag(pool.spot())),
                Result.field("zones", Value.of(pool.zones())),
                Result.field("disk", text(pool.disk().map(d -> d.text()))),
                Result.field("image", text(pool.image())),
                Result.field(
                    "cpu",
                    pool.cpu()
                        .<Value>map(c -> Quantity.cores(c.text()))
                        .orElseGet(Value.None::new)),
                Result.field(
                    "memory",
                    pool.memory()
                        .<Value>map(m -> Quantity.bytes(m.text()))
                        .orElseGet(Value.None::new)),
                Result.field("gpus", new Value.Count(pool.gpus())),
                Result.field("machine types", Value.of(DefinedPools.types(call, name))))
            .with(
                "issues",
                Table.of(view.issues())
                    .column("code", i -> Value.of(i.code()))
                    .column("since", Table.Fit.SPARE, i -> Value.ofMoment(i.since()))
                    .column("what", Table.Fit.WRAP, i -> Value.of(i.sentence()))
                    .whenEmpty("Nothing keeps it from having nodes."))
            .with(
                "workspaces",
                Table.of(DefinedPools.running(call, name))
                    .column("workspace", w -> Value.of(w.id()))
                    .column("machine type", w -> Value.of(w.type()))
                    .column("since", w -> new Value.Moment(w.since()))
                    .whenEmpty("No workspace of its machine types runs.")));
  }

  private static Value count(Optional<Integer> number) {
    return number.<Value>map(Value.Count::new).orElseGet(Value.None::new);
  }

  private static Value text(Optional<String> text) {
    return text.<Value>map(Value::of).orElseGet(Value.None::new);
  }
}
