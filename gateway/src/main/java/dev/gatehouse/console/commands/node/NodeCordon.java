package dev.gatehouse.console.commands.node;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.name.NodeName;
import dev.gatehouse.nodes.NodeWish.Kind;
import picocli.CommandLine.Parameters;

final class NodeCordon implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "node cordon",
          Access.ADMINISTRATOR,
          "Close a node to new workspaces; what runs on it goes on",
          "node cordon n1");

  @Parameters(paramLabel = "NODE", description = "The node.")
  private NodeName name;

  @Override
  public void run(Call call) throws InterruptedException {
    var done = NodeSwitch.wish(call, name, Kind.CORDONED);
    call.show(
        new Result.Outcome(
            "Node %s takes nothing new. To open it: gate node uncordon %s".formatted(name, name),
            NodeSwitch.details(done)));
  }
}
