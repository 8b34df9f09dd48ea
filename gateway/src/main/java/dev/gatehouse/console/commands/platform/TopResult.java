package dev.gatehouse.console.commands.platform;

import dev.gatehouse.console.Addresses;
import dev.gatehouse.console.LiveSessions.LiveSession;
import dev.gatehouse.console.Services;
import dev.gatehouse.console.SortKey;
import dev.gatehouse.console.WorkspaceView;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Table;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.nodes.Amount;
import dev.gatehouse.nodes.Node;
import dev.gatehouse.nodes.NodeReport;
import dev.gatehouse.nodes.PoolReport;
import dev.gatehouse.workspace.Usage;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;

/** A picture as a result: for pipes, JSON and terminals that only print. */
record TopResult(TopPicture picture, Services services) {
  Result.Details sorted(SortKey order) {
    var nodes = picture.nodes();
    return Result.Details.of(
            Result.field("cluster", Value.of(services.host())),
            Result.field("uptime", new Value.Span(uptime())),
            Result.field("running", new Value.Count(picture.count(State.RUNNING))),
            Result.field("starting", new Value.Count(picture.count(State.STARTING))),
            Result.field("stopping", new Value.Count(picture.count(State.STOPPING))),
            Result.field("stopped", new Value.Count(picture.stopped())),
            Result.field(
                "nodes seen",
                nodes.<Value>map(n -> new Value.Moment(n.at())).orElseGet(Value.None::new)))
        .with("nodes", nodes(nodes.map(NodeReport::nodes).orElse(List.of())))
        .with("pools", TopPools.table(picture.pools().map(PoolReport::pools).orElse(List.of())))
        .with(
            "workspaces", workspaces(picture.rows().stream().sorted(TopOrder.rows(order)).toList()))
        .with(
            "connections",
            connections(
                picture.connections().sessions().stream()
                    .sorted(TopOrder.connections(order))
                    .toList()));
  }

  Duration uptime() {
    return Duration.between(services.started(), picture.at()).truncatedTo(ChronoUnit.SECONDS);
  }

  private static Table nodes(List<Node> nodes) {
    return Table.of(nodes)
        .column("node", n -> Value.of(n.name()))
        .column("state", n -> Value.of(n.state()))
        .column("pods", n -> new Value.Count(n.pods()))
        .column("cpu", n -> used(n, u -> new Value.Cores(u.millicores())))
        .column("cpu requested", n -> new Value.Cores(n.requested().millicores()))
        .column("cpu allocatable", n -> new Value.Cores(n.allocatable().millicores()))
        .column("memory", n -> used(n, u -> new Value.Bytes(u.memoryBytes())))
        .column("memory requested", n -> new Value.Bytes(n.requested().memoryBytes()))
        .column("memory allocatable", n -> new Value.Bytes(n.allocatable().memoryBytes()))
        .column("gpus requested", n -> new Value.Count(n.requested().gpus()))
        .column("gpus allocatable", n -> new Value.Count(n.allocatable().gpus()))
        .whenEmpty("Nodes are not known here.");
  }

  private static Value used(Node node, Function<Amount, Value> what) {
    return node.used().map(what).orElseGet(Value.None::new);
  }

  private Table workspaces(List<TopRow> rows) {
    return Table.of(rows)
        .column("owner", r -> Value.of(r.info().id().owner()))
        .column("name", r -> Value.of(r.info().id().name()))
        .column("state", r -> view(r).stateValue())
        .column("since", r -> new Value.Moment(r.info().since()))
        .column("machine type", r -> Value.of(r.info().type()))
        .column("cpu", r -> used(r, u -> new Value.Cores(u.millicores())))
        .column("cpu requested", r -> view(r).cpu())
        .column("memory", r -> used(r, u -> new Value.Bytes(u.memoryBytes())))
        .column("memory requested", r -> view(r).memory())
        .column("gpus", r -> view(r).gpus())
        .column("sessions", r -> new Value.Count(r.sessions()))
        .column("step", r -> r.step().<Value>map(Value::of).orElseGet(Value.None::new))
        .whenEmpty("No workspace runs.");
  }

  private static Value used(TopRow row, Function<Usage, Value> what) {
    return row.usage().map(what).orElseGet(Value.None::new);
  }

  private WorkspaceView view(TopRow row) {
    return WorkspaceView.of(row.info(), services);
  }

  static Table connections(List<LiveSession> sessions) {
    return Table.of(sessions)
        .column("session", s -> new Value.Count(s.id()))
        .column("login", s -> Value.of(s.login()))
        .column("target", Table.Fit.SPARE, s -> Value.of(s.target()))
        .column("from", s -> Value.of(Addresses.text(s.address())))
        .column("since", s -> new Value.Moment(s.since()))
        .column("channels", Table.Fit.SPARE, s -> new Value.Count(s.channels().size()))
        .column("in", s -> new Value.Bytes(s.bytesIn()))
        .column("out", s -> new Value.Bytes(s.bytesOut()))
        .whenEmpty("Nobody is connected.");
  }
}
