package dev.gatehouse.console.commands.node;

import dev.gatehouse.nodes.NodeControl;
import dev.gatehouse.nodes.NodeTask;
import dev.gatehouse.nodes.NodeTasks;
import dev.gatehouse.nodes.NodeWish;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/** An operator that does with a wish, from one look to the next, what the test says. */
final class FakeNodes implements NodeControl {
  final List<NodeWish> wishes = new ArrayList<>();
  private final Deque<UnaryOperator<NodeTask>> steps = new ArrayDeque<>();
  private NodeTasks tasks = NodeTasks.NONE;

  /** With the next look, and those after it. */
  @SafeVarargs
  final void then(UnaryOperator<NodeTask>... next) {
    for (var step : next) {
      steps.add(step);
    }
  }

  /** What is being done before anybody asks. */
  void doing(NodeTask task) {
    wishes.add(task.wish());
    tasks = new NodeTasks(List.of(task));
  }

  @Override
  public NodeTasks tasks() {
    if (!wishes.isEmpty() && !steps.isEmpty()) {
      var wish = wishes.getLast();
      var before =
          tasks
              .of(wish.node())
              .filter(t -> t.wish().equals(wish))
              .orElseGet(() -> NodeTask.begin(wish, wish.at()));
      tasks = new NodeTasks(List.of(steps.removeFirst().apply(before)));
    }
    return tasks;
  }

  @Override
  public NodeWish wish(NodeWish wish) {
    wishes.add(wish);
    return wish;
  }
}
