package dev.gatehouse.console.commands.node;

import dev.gatehouse.console.Call;
import dev.gatehouse.console.view.Interrupted;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.nodes.NodeControl;
import dev.gatehouse.nodes.NodeTask;
import dev.gatehouse.nodes.NodeTask.Note;
import dev.gatehouse.nodes.NodeTask.Phase;
import dev.gatehouse.nodes.NodeWish;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A wish that was told, and how the operator carries it out: a line for each thing that happens. It
 * goes on whatever happens to the watching.
 */
final class WishedNode {
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** The operator takes a wish up within seconds. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  /** A gateway on the node may be the one that asks: the API server's answer may be late. */
  private static final Duration UNANSWERED = Duration.ofMinutes(1);

  /** A workspace that has left is up again by then, or says why it is not. */
  private static final Duration SETTLED = Duration.ofMinutes(3);

  private final Call call;
  private final NodeControl control;
  private final NodeWish wish;
  private final Set<Note> told;
  private Instant heard;

  private WishedNode(Call call, NodeControl control, NodeWish wish, Set<Note> told) {
    this.call = call;
    this.control = control;
    this.wish = wish;
    this.told = told;
    this.heard = call.services().clock().instant();
  }

  /** Tells the operator. */
  static WishedNode tell(Call call, NodeControl control, NodeWish wish) {
    var before = control.tasks().of(wish.node());
    return new WishedNode(
        call,
        control,
        control.wish(wish),
        new HashSet<>(before.map(NodeTask::notes).orElseGet(List::of)));
  }

  /** One that is being carried out. */
  static WishedNode running(Call call, NodeControl control, NodeTask task) {
    return new WishedNode(call, control, task.wish(), new HashSet<>());
  }

  /**
   * Returns when the operator has done what it can.
   *
   * @param goesOn what a person reads who waits no longer
   */
  NodeTask await(String goesOn) throws InterruptedException {
    try {
      return watch();
    } catch (InterruptedException e) {
      throw new Interrupted("no longer watching; " + goesOn);
    } finally {
      if (call.screen().look().live()) {
        call.screen().endLive();
      }
    }
  }

  private NodeTask watch() throws InterruptedException {
    while (true) {
      var task = ask();
      if (task.isPresent()) {
        tell(task.get());
        if (isOver(task.get())) {
          return task.get();
        }
      }
      Thread.sleep(PAUSE);
      call.screen().requireClient();
    }
  }

  /** Empty while there is no answer. */
  private Optional<NodeTask> ask() {
    var now = call.services().clock().instant();
    try {
      var task = control.tasks().of(wish.node());
      if (task.filter(t -> t.wish().at().isAfter(wish.at())).isPresent()) {
        throw overtaken(task.get().wish());
      }
      var own = task.filter(t -> t.wish().equals(wish));
      if (own.isPresent()) {
        heard = now;
      } else if (now.isAfter(heard.plus(SILENCE))) {
        throw silent();
      }
      return own;
    } catch (FailureException e) {
      if (isFinal(e) || now.isAfter(heard.plus(UNANSWERED))) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static boolean isFinal(FailureException e) {
    return !e.failure().code().equals("kubernetes-unavailable");
  }

  private boolean isOver(NodeTask task) {
    var moves = task.phase() == Phase.DRAINED || task.phase() == Phase.STUCK;
    return task.isOver()
        && (!moves
            || task.isSettled()
            || call.services().clock().instant().isAfter(task.since().plus(SETTLED)));
  }

  private void tell(NodeTask task) {
    for (var note : task.notes()) {
      if (told.add(note)) {
        call.screen().tell(Line.of("%s: %s".formatted(wish.node(), note.what())));
      }
    }
    if (call.screen().look().live() && !isOver(task)) {
      call.screen()
          .live(
              Line.of(
                  Line.Style.BUSY,
                  "%s: %s"
                      .formatted(
                          wish.node(), DrainWords.live(task, call.services().clock().instant()))));
    }
  }

  private static FailureException overtaken(NodeWish later) {
    return new FailureException(
        new Failure.Unavailable(
            "node-wish-replaced",
            "%s wishes otherwise since: node %s is to be %s"
                .formatted(later.by(), later.node(), DrainWords.wished(later))));
  }

  private static FailureException silent() {
    return new FailureException(
        new Failure.Unavailable(
            "operator-silent",
            "the operator does not answer; it does this as soon as it runs. Look at its pod:"
                + " kubectl logs deploy/gatehouse-operator in the gateways' namespace"));
  }
}
