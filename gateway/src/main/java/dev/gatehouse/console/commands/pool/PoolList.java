package dev.gatehouse.console.commands.pool;

import dev.gatehouse.cluster.Pool;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.nodes.PoolReport;
import java.util.Optional;

final class PoolList implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "pool list",
          Access.ADMINISTRATOR,
          "List the node pools: what is wished, and what there is",
          "pool list");

  @Override
  public void run(Call call) {
    var report = report(call);
    call.show(
        Table.of(
                call.services().definition().pools().values().stream()
                    .map(pool -> view(pool, report))
                    .toList())
            .column("pool", Table.Fit.WHOLE, v -> Value.of(v.wished().name()))
            .column("state", Table.Fit.WHOLE, PoolView::state)
            .column("nodes", Table.Fit.WHOLE, PoolView::nodes)
            .column("min", Table.Fit.WHOLE, PoolView::min)
            .column("max", Table.Fit.WHOLE, PoolView::max)
            .column(
                "workspaces",
                v -> new Value.Count(DefinedPools.running(call, v.wished().name()).size()))
            .column("made by", Table.Fit.SPARE, PoolView::engine)
            .column("number by", Table.Fit.SPARE, PoolView::decidedBy)
            .column("a node takes", Table.Fit.SPARE, PoolView::usualStart)
            .column("instance types", Table.Fit.SPARE, PoolView::instanceTypes)
            .column("spot", Table.Fit.SPARE, v -> new Value.Flag(v.wished().spot()))
            .whenEmpty(
                "There is no pool: workspaces run on any node that has room."
                    + " 'gate pool add' adds one."));
  }

  /** What was told lately; what is older may have changed since. */
  static Optional<PoolReport> report(Call call) {
    return call.services()
        .nodes()
        .pools()
        .filter(r -> r.isFresh(call.services().clock().instant()));
  }

  static PoolView view(Pool pool, Optional<PoolReport> report) {
    return new PoolView(pool, report.flatMap(r -> r.of(pool.name())));
  }
}
