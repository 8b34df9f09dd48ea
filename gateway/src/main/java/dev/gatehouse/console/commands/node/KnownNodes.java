package dev.gatehouse.console.commands.node;

import dev.gatehouse.console.Call;
import dev.gatehouse.console.DidYouMean;
import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.NodeName;
import dev.gatehouse.nodes.Node;
import dev.gatehouse.nodes.NodeControl;
import dev.gatehouse.nodes.NodeReport;
import dev.gatehouse.nodes.NodeTask;
import dev.gatehouse.nodes.NodeTasks;
import java.util.Optional;

/**
 * The nodes as the operator has told of them, and what it does with them.
 *
 * @param tasks none while they cannot be read
 */
record KnownNodes(NodeReport report, NodeTasks tasks) {
  /**
   * Blocks. A report that is old is shown, and said to be so.
   *
   * @throws FailureException if there is no cluster, or nobody tells of its nodes
   */
  static KnownNodes of(Call call) {
    var control = control(call);
    var report = call.services().nodes().latest().orElseThrow(KnownNodes::untold);
    if (!report.isFresh(call.services().clock().instant())) {
      call.screen()
          .error(
              "the nodes were seen at %s; the operator tells no more, 'gate doctor' looks why"
                  .formatted(report.at()));
    }
    return new KnownNodes(report, tasks(call, control));
  }

  /**
   * @throws FailureException if there is no cluster
   */
  static NodeControl control(Call call) {
    return call.services()
        .nodeControl()
        .orElseThrow(
            () ->
                new FailureException(
                    new Failure.Unavailable(
                        "no-cluster",
                        "there is no cluster here that has nodes: workspaces run on this"
                            + " machine")));
  }

  private static NodeTasks tasks(Call call, NodeControl control) {
    try {
      return control.tasks();
    } catch (FailureException e) {
      call.screen().error("what is done with nodes is not shown: " + e.failure().line());
      return NodeTasks.NONE;
    }
  }

  private static FailureException untold() {
    return new FailureException(
        new Failure.Unavailable(
            "nodes-unknown",
            "nobody has told of the nodes yet; the operator does, every ten seconds: 'gate cluster"
                + " apply --status' shows whether it runs"));
  }

  /**
   * @throws UserError if there is no such node
   */
  Node require(NodeName name) {
    return report.nodes().stream()
        .filter(node -> node.name().equals(name.value()))
        .findFirst()
        .orElseThrow(() -> missing(name));
  }

  private UserError missing(NodeName name) {
    var names = report.nodes().stream().map(Node::name).toList();
    var hint =
        DidYouMean.word(name.value(), names)
            .map("did you mean '%s'?"::formatted)
            .orElse("'gate node list' shows them");
    return new UserError(ExitCode.DATAERR, "there is no node %s; %s".formatted(name, hint));
  }

  /** What is being done with it. */
  Optional<NodeTask> task(Node node) {
    return tasks.of(node.name()).filter(task -> !task.isOver());
  }

  /** In a word or two. */
  String state(Node node) {
    return task(node)
        .filter(task -> node.ready())
        .map(task -> task.isDraining() ? "draining" : "waits to be drained")
        .orElseGet(node::state);
  }
}
