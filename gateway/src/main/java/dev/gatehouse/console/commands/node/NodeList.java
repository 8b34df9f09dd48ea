package dev.gatehouse.console.commands.node;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;

final class NodeList implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "node list",
          Access.ADMINISTRATOR,
          "List the nodes of the cluster, what they are and what is free",
          "node list",
          "node list --json");

  @Override
  public void run(Call call) {
    var nodes = KnownNodes.of(call);
    call.show(
        Table.of(nodes.report().nodes())
            .column("node", Table.Fit.WHOLE, n -> Value.of(n.name()))
            .column("state", n -> NodeColumns.state(nodes.state(n)))
            .column("type", Table.Fit.SPARE, n -> NodeColumns.orNone(n.facts().instanceType()))
            .column("pool", Table.Fit.SPARE, n -> NodeColumns.orNone(n.facts().pool()))
            .column("zone", Table.Fit.SPARE, n -> NodeColumns.orNone(n.facts().zone()))
            .column("since", Table.Fit.SPARE, n -> Value.ofMoment(n.facts().created()))
            .column("pressure", Table.Fit.SPARE, n -> Value.of(n.pressures()))
            .column("cpu free", NodeColumns::cpuFree)
            .column("memory free", NodeColumns::memoryFree)
            .column("gpus free", NodeColumns::gpusFree)
            .column("gpus", Table.Fit.SPARE, NodeColumns::gpus)
            .column("workspaces", n -> new Value.Count(n.facts().workspaces().size()))
            .whenEmpty("The cluster has no node."));
  }
}
