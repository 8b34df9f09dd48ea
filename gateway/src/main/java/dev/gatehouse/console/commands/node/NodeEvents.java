package dev.gatehouse.console.commands.node;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.name.NodeName;
import dev.gatehouse.nodes.NodeFacts;
import dev.gatehouse.nodes.NodeTask;
import java.util.Comparator;
import java.util.stream.Stream;
import picocli.CommandLine.Parameters;

final class NodeEvents implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "node events",
          Access.ADMINISTRATOR,
          "Show what happened to a node lately, and what was done with it",
          "node events n1");

  /** The reason of what the operator did. */
  private static final String GATEHOUSE = "Gatehouse";

  @Parameters(paramLabel = "NODE", description = "The node.")
  private NodeName name;

  @Override
  public void run(Call call) {
    var nodes = KnownNodes.of(call);
    var node = nodes.require(name);
    var notes =
        nodes.tasks().of(node.name()).stream()
            .flatMap(task -> task.notes().stream().map(note -> event(task, note)));
    call.show(
        NodeShow.events(
            Stream.concat(node.facts().events().stream(), notes)
                .sorted(Comparator.comparing(NodeFacts.Event::at))
                .toList()));
  }

  private static NodeFacts.Event event(NodeTask task, NodeTask.Note note) {
    return new NodeFacts.Event(
        note.at(), GATEHOUSE, "%s (for %s)".formatted(note.what(), task.wish().by()), false);
  }
}
