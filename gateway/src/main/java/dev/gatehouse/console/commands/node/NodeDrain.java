package dev.gatehouse.console.commands.node;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.NodeName;
import dev.gatehouse.nodes.Node;
import dev.gatehouse.nodes.NodeControl;
import dev.gatehouse.nodes.NodeFacts.Occupant;
import dev.gatehouse.nodes.NodeTask;
import dev.gatehouse.nodes.NodeTask.Phase;
import dev.gatehouse.nodes.NodeWish;
import dev.gatehouse.nodes.NodeWish.Kind;
import dev.gatehouse.text.Plural;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class NodeDrain implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "node drain",
          Access.ADMINISTRATOR,
          "Empty a node: warn the people on it, then move their workspaces",
          "node drain n1",
          "node drain n1 --no-wait",
          "node drain n1 --now");

  @Parameters(paramLabel = "NODE", description = "The node.")
  private NodeName name;

  @Option(
      names = "--now",
      description = "Do not give people the time of workspaces.drainWarning; it asks first.")
  private boolean now;

  @Option(names = "--force", description = "Let pods go that nothing makes anew; it asks first.")
  private boolean force;

  @Option(
      names = "--delete-emptydir-data",
      description = "Let pods go that keep data on the node (emptyDir); it asks first.")
  private boolean deleteEmptyDirData;

  @Option(names = "--no-wait", description = "Do not follow it until it is done.")
  private boolean noWait;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Override
  public void run(Call call) throws InterruptedException {
    var control = KnownNodes.control(call);
    var nodes = KnownNodes.of(call);
    var node = nodes.require(name);
    var wished = running(call, control, nodes.task(node)).orElse(null);
    if (wished == null) {
      confirm(call, node);
      wished = WishedNode.tell(call, control, wish(call));
      call.audit("node drain %s%s".formatted(name, now ? " --now" : ""));
    }
    if (noWait) {
      call.show(
          new Result.Outcome(
              "Node %s is being emptied. See 'gate node show %s'; 'gate node uncordon %s' cancels it."
                  .formatted(name, name, name),
              Result.Details.of(Result.field("node", Value.of(name)))));
      return;
    }
    show(call, NodeSwitch.requireDone(wished.await(goesOn())));
  }

  /** Who asks for what goes on already watches it. */
  private Optional<WishedNode> running(Call call, NodeControl control, Optional<NodeTask> task) {
    return task.filter(
            t -> t.wish().kind() == Kind.DRAINED && !now && !force && !deleteEmptyDirData)
        .map(t -> WishedNode.running(call, control, t));
  }

  private String goesOn() {
    return "the drain goes on: 'gate node show %s' shows it, 'gate node uncordon %s' cancels it"
        .formatted(name, name);
  }

  private NodeWish wish(Call call) {
    return new NodeWish(
        name.value(),
        Kind.DRAINED,
        call.person().username().value(),
        call.from(),
        call.services().clock().instant(),
        now,
        force,
        deleteEmptyDirData);
  }

  private void confirm(Call call, Node node) throws InterruptedException {
    var people =
        node.facts().workspaces().stream().map(Occupant::owner).distinct().sorted().toList();
    if (now && !people.isEmpty()) {
      call.confirm(
          yes, "Drain %s without a warning to %s?".formatted(name, String.join(", ", people)));
    }
    if (force || deleteEmptyDirData) {
      call.confirm(
          yes,
          "Drain %s with pods that %s?"
              .formatted(
                  name,
                  force && deleteEmptyDirData
                      ? "nothing makes anew, or that lose data"
                      : force ? "nothing makes anew" : "lose data"));
    }
  }

  private void show(Call call, NodeTask task) {
    if (task.phase() == Phase.STUCK) {
      throw new FailureException(
          new Failure.Unavailable(
              "drain-incomplete",
              "node %s is closed, and %s: %s"
                  .formatted(
                      name,
                      Plural.of(task.staying().size(), "pod") + " cannot go",
                      task.staying().stream()
                          .map(s -> s.pod() + " " + s.why())
                          .collect(joining("; ")))));
    }
    var waiting = task.workspaces().stream().filter(m -> m.where().startsWith("waits")).count();
    call.show(
        new Result.Outcome(
            "Node %s is empty: %s left, %s moved%s. To open it again: gate node uncordon %s"
                .formatted(
                    name,
                    Plural.of(task.pods(), "pod"),
                    Plural.of(task.workspaces().size(), "workspace"),
                    waiting == 0 ? "" : " (%d of them wait for a node)".formatted(waiting),
                    name),
            NodeSwitch.details(task)
                .with(Result.field("pods", new Value.Count(task.pods())))
                .with(
                    "workspaces",
                    Table.of(task.workspaces())
                        .column("workspace", m -> Value.of(m.workspace()))
                        .column("now", Table.Fit.WRAP, m -> Value.of(m.where()))
                        .whenEmpty("No workspace was on it."))));
  }
}
