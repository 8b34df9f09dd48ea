package dev.gatehouse.console;

import dev.gatehouse.console.commands.GateCommands;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Parameters;

/** An administrators' command as those to come will be; it also fails on request. */
final class AdminProbe implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo("node drain", Access.ADMINISTRATOR, "Drain a node", "node drain node1");

  static final CommandTable TABLE =
      new CommandTable(
          Stream.concat(
                  GateCommands.TABLE.groups().stream(),
                  Stream.of(
                      new CommandTable.Group(
                          "node",
                          "Nodes",
                          List.of(new CommandTable.Entry(ABOUT, AdminProbe::new)))))
              .toList());

  @Parameters(arity = "0..1", paramLabel = "NODE", description = "The node.")
  private String node = "";

  @Override
  public void run(Call call) {
    if (node.equals("bug")) {
      throw new IllegalStateException("password=hunter2");
    }
    call.show(
        new Result.Outcome("Drained.", Result.Details.of(Result.field("node", Value.of(node)))));
  }
}
