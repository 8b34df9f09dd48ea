package dev.gatehouse.console.commands.node;

import dev.gatehouse.console.Call;
import dev.gatehouse.console.view.Result;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.name.NodeName;
import dev.gatehouse.nodes.NodeTask;
import dev.gatehouse.nodes.NodeTask.Phase;
import dev.gatehouse.nodes.NodeWish;
import dev.gatehouse.nodes.NodeWish.Kind;

/** Has the operator close a node to new pods, or open it. */
final class NodeSwitch {
  private NodeSwitch() {}

  static NodeTask wish(Call call, NodeName name, Kind kind) throws InterruptedException {
    var control = KnownNodes.control(call);
    var _ = KnownNodes.of(call).require(name);
    var wish =
        new NodeWish(
            name.value(),
            kind,
            call.person().username().value(),
            call.from(),
            call.services().clock().instant(),
            false,
            false,
            false);
    var wished = WishedNode.tell(call, control, wish);
    call.audit("node %s %s".formatted(kind == Kind.OPEN ? "uncordon" : "cordon", name));
    return requireDone(wished.await("the operator does it as soon as it runs"));
  }

  /**
   * @throws FailureException if it could not be done
   */
  static NodeTask requireDone(NodeTask task) {
    if (task.phase() == Phase.FAILED) {
      throw new FailureException(
          new Failure.Unavailable("node-not-changed", task.notes().getLast().what()));
    }
    return task;
  }

  static Result.Details details(NodeTask task) {
    return Result.Details.of(
        Result.field("node", Value.of(task.node())),
        Result.field("state", Value.of(DrainWords.progress(task))));
  }
}
