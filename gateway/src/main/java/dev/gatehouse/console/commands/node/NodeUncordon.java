package dev.gatehouse.console.commands.node;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.name.NodeName;
import dev.gatehouse.nodes.NodeWish.Kind;
import picocli.CommandLine.Parameters;

final class NodeUncordon implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "node uncordon",
          Access.ADMINISTRATOR,
          "Open a node to new workspaces, and call off its drain",
          "node uncordon n1");

  @Parameters(paramLabel = "NODE", description = "The node.")
  private NodeName name;

  @Override
  public void run(Call call) throws InterruptedException {
    var done = NodeSwitch.wish(call, name, Kind.OPEN);
    call.show(new Result.Outcome("Node %s is open.".formatted(name), NodeSwitch.details(done)));
  }
}
