package dev.gatehouse.console.commands.node;

import dev.gatehouse.cluster.MachineType;
import dev.gatehouse.console.Access;
import dev.gatehouse.console.Call;
import dev.gatehouse.console.Command;
import dev.gatehouse.console.CommandInfo;
import dev.gatehouse.console.LiveSessions.Everywhere;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.name.NodeName;
import dev.gatehouse.nodes.Node;
import dev.gatehouse.nodes.NodeFacts;
import dev.gatehouse.nodes.NodeFacts.Occupant;
import dev.gatehouse.nodes.NodeTask;
import dev.gatehouse.nodes.NodeTask.Moved;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Parameters;

final class NodeShow implements Command {
  static final CommandInfo ABOUT =
      new CommandInfo(
          "node show",
          Access.ADMINISTRATOR,
          "Show one node: what it is, who is on it, what it could still hold",
          "node show n1",
          "node show n1 --json");

  @Parameters(paramLabel = "NODE", description = "The node.")
  private NodeName name;

  @Override
  public void run(Call call) {
    var nodes = KnownNodes.of(call);
    var node = nodes.require(name);
    var sessions = call.sessions();
    var task = nodes.tasks().of(node.name());
    call.show(
        details(node, nodes.state(node), task)
            .with("workspaces", workspaces(node, sessions))
            .with(
                "could still hold",
                holds(node, call.services().definition().machineTypes().values()))
            .with("moved", moved(task))
            .with("conditions", conditions(node))
            .with("events", events(node.facts().events())));
    call.requireAll(sessions);
  }

  private static Result.Details details(Node node, String state, Optional<NodeTask> task) {
    var facts = node.facts();
    var details =
        Result.Details.of(
            Result.field("node", Value.of(node.name())),
            Result.field("state", NodeColumns.state(state)),
            Result.field("closed to new pods", new Value.Flag(node.cordoned())),
            Result.field("pressure", Value.of(node.pressures())),
            Result.field("type", NodeColumns.orNone(facts.instanceType())),
            Result.field("pool", NodeColumns.orNone(facts.pool())),
            Result.field("zone", NodeColumns.orNone(facts.zone())),
            Result.field("since", Value.ofMoment(facts.created())),
            Result.field("cpu", new Value.Cores(node.allocatable().millicores())),
            Result.field("cpu free", NodeColumns.cpuFree(node)),
            Result.field("memory", new Value.Bytes(node.allocatable().memoryBytes())),
            Result.field("memory free", NodeColumns.memoryFree(node)),
            Result.field("gpus", NodeColumns.gpus(node)),
            Result.field("gpus free", NodeColumns.gpusFree(node)),
            Result.field("pods", new Value.Count(node.pods())),
            Result.field("taints", Value.of(facts.taints())));
    for (var part : new TreeMap<>(facts.system()).entrySet()) {
      details = details.with(Result.field(part.getKey(), Value.of(part.getValue())));
    }
    return task.isEmpty() ? details : withTask(details, task.get());
  }

  /** What was last wished of it, and how far that is. */
  private static Result.Details withTask(Result.Details details, NodeTask task) {
    return details
        .with(Result.field("wished", Value.of(DrainWords.wished(task.wish()))))
        .with(Result.field("wished by", Value.of(task.wish().by())))
        .with(Result.field("wished at", new Value.Moment(task.wish().at())))
        .with(Result.field("progress", Value.of(DrainWords.progress(task))))
        .with(Result.field("pods leave at", Value.ofMoment(task.leaveAt())))
        .with(Result.field("waits for", Value.of(task.waiting())))
        .with(
            Result.field(
                "stays",
                Value.of(task.staying().stream().map(s -> s.pod() + " " + s.why()).toList())));
  }

  private static Table workspaces(Node node, Everywhere sessions) {
    return Table.of(node.facts().workspaces())
        .column("owner", o -> Value.of(o.owner()))
        .column("workspace", o -> Value.of(o.name()))
        .column("sessions", o -> new Value.Count(count(o, sessions)))
        .whenEmpty("No workspace is on it.");
  }

  private static long count(Occupant occupant, Everywhere sessions) {
    return sessions.sessions().stream()
        .filter(s -> s.user().value().equals(occupant.owner()))
        .filter(s -> s.target().equals("workspace " + occupant.name()))
        .count();
  }

  private static Table holds(Node node, Collection<MachineType> types) {
    var room = new NodeRoom(node);
    return Table.of(types)
        .column("machine type", t -> Value.of(t.name()))
        .column("more", t -> new Value.Count(room.holds(t.hardware())))
        .whenEmpty("There is no machine type.");
  }

  private static Table moved(Optional<NodeTask> task) {
    return Table.of(task.map(NodeTask::workspaces).orElseGet(List::of))
        .column("workspace", (Moved m) -> Value.of(m.workspace()))
        .column("now", Table.Fit.WRAP, m -> Value.of(m.where()))
        .whenEmpty("No workspace was moved from it.");
  }

  private static Table conditions(Node node) {
    return Table.of(node.facts().conditions())
        .column("condition", c -> Value.of(c.type()))
        .column(
            "status",
            c -> new Value.State(c.status(), c.isGood() ? Line.Style.GOOD : Line.Style.BAD))
        .column("since", c -> Value.ofMoment(c.since()))
        .column("message", Table.Fit.WRAP, c -> NodeColumns.orNone(c.message()))
        .whenEmpty("Its kubelet has said nothing of it.");
  }

  static Table events(Collection<NodeFacts.Event> events) {
    return Table.of(events)
        .column("at", e -> new Value.Moment(e.at()))
        .column(
            "reason",
            e -> new Value.State(e.reason(), e.warning() ? Line.Style.BAD : Line.Style.PLAIN))
        .column("message", Table.Fit.WRAP, e -> Value.of(e.message()))
        .whenEmpty("Nothing happened to it lately.");
  }
}
