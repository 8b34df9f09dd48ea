package dev.gatehouse.console.commands.node;

import dev.gatehouse.console.view.HumanTime;
import dev.gatehouse.nodes.NodeTask;
import dev.gatehouse.nodes.NodeTask.Phase;
import dev.gatehouse.nodes.NodeWish;
import dev.gatehouse.text.Plural;
import java.time.Duration;
import java.time.Instant;

/** How far a wish is, in a person's words. */
final class DrainWords {
  private DrainWords() {}

  static String wished(NodeWish wish) {
    return switch (wish.kind()) {
      case OPEN -> "open";
      case CORDONED -> "cordoned";
      case DRAINED -> "drained";
    };
  }

  static String progress(NodeTask task) {
    return switch (task.phase()) {
      case QUEUED -> "waits for its turn";
      case WARNING -> Plural.of(people(task), "person") + " told";
      case EVICTING -> "%d of %s left".formatted(task.left(), Plural.of(task.pods(), "pod"));
      case DRAINED -> "drained";
      case STUCK -> Plural.of(task.staying().size(), "pod") + " cannot go";
      case CORDONED -> "cordoned";
      case OPEN -> "open";
      case FAILED -> "failed: " + (task.notes().isEmpty() ? "" : task.notes().getLast().what());
    };
  }

  /** The same, with the time that is left. */
  static String live(NodeTask task, Instant now) {
    var left =
        task.phase() == Phase.WARNING
            ? task.leaveAt()
                .map(at -> ", pods leave in " + HumanTime.span(Duration.between(now, at)))
                .orElse("")
            : "";
    var waits = task.waiting().isEmpty() ? "" : "; waits: " + task.waiting().getFirst();
    return progress(task) + left + waits;
  }

  private static long people(NodeTask task) {
    return task.workspaces().stream().map(m -> m.workspace().owner()).distinct().count();
  }
}
