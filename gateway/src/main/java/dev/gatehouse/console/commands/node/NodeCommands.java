package dev.gatehouse.console.commands.node;

import dev.gatehouse.console.CommandTable.Entry;
import dev.gatehouse.console.CommandTable.Group;
import java.util.List;

/** Commands on the nodes of the cluster. */
public final class NodeCommands {
  public static final Group GROUP =
      new Group(
          "node",
          "Nodes",
          List.of(
              new Entry(NodeList.ABOUT, NodeList::new),
              new Entry(NodeShow.ABOUT, NodeShow::new),
              new Entry(NodeCordon.ABOUT, NodeCordon::new),
              new Entry(NodeUncordon.ABOUT, NodeUncordon::new),
              new Entry(NodeDrain.ABOUT, NodeDrain::new),
              new Entry(NodeEvents.ABOUT, NodeEvents::new)));

  private NodeCommands() {}
}
