package dev.gatehouse.console.changes;

import dev.gatehouse.console.Call;
import dev.gatehouse.console.OperatorStatus;
import dev.gatehouse.console.OperatorStatus.Part;
import dev.gatehouse.console.OperatorStatus.Report;
import dev.gatehouse.console.view.Interrupted;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Shows what the operator does with a request, a line for each part that changes, until it has done
 * all it can. The operator goes on whatever happens to the watching.
 */
public final class OperatorWatch {
  /** The operator answers within seconds; a rollout shows how far it is. */
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Call call;
  private final OperatorStatus operator;
  private final Map<String, Part> told = new HashMap<>();

  public OperatorWatch(Call call, OperatorStatus operator) {
    this.call = call;
    this.operator = operator;
  }

  /**
   * Has the operator try again, and returns when it has.
   *
   * @param what of the command line, for the log
   */
  public void run(String what) throws InterruptedException {
    operator.report().ifPresent(report -> report.parts().forEach(p -> told.put(p.name(), p)));
    var request = operator.tryAgain();
    call.audit(what);
    try {
      until(request);
    } catch (InterruptedException e) {
      throw new Interrupted(
          "no longer watching; the operator goes on, and 'gate cluster apply --status' shows it");
    } finally {
      if (call.screen().look().live()) {
        call.screen().endLive();
      }
    }
  }

  private void until(Instant request) throws InterruptedException {
    var heard = call.services().clock().instant();
    while (true) {
      var report = operator.report();
      var now = call.services().clock().instant();
      var isNews = report.map(this::tell).orElse(false);
      if (report.filter(r -> isAnswer(r, request)).isPresent()) {
        return;
      }
      if (isNews || report.filter(OperatorWatch::isAtWork).isPresent()) {
        heard = now;
      } else if (Duration.between(heard, now).compareTo(SILENCE) > 0) {
        throw silence();
      }
      if (call.screen().look().live()) {
        call.screen().live(Line.of(Line.Style.BUSY, "the operator is at work"));
      }
      Thread.sleep(PAUSE);
    }
  }

  private static boolean isAnswer(Report report, Instant request) {
    return report.tried().filter(tried -> !tried.isBefore(request)).isPresent();
  }

  private static boolean isAtWork(Report report) {
    return report.parts().stream().anyMatch(Part::isChanging);
  }

  /** Returns whether there was anything new. */
  private boolean tell(Report report) {
    var isNews = false;
    for (var part : report.parts()) {
      if (!part.equals(told.put(part.name(), part))) {
        isNews = true;
        call.screen().tell(line(part));
      }
    }
    return isNews;
  }

  private static Line line(Part part) {
    var message = Optional.of(part.message()).filter(m -> !m.isEmpty()).map(": "::concat);
    return Line.of("%s %s%s".formatted(part.name(), part.state(), message.orElse("")));
  }

  private static FailureException silence() {
    return new FailureException(
        new Failure.Unavailable(
            "operator-silent",
            "the operator does not answer; look at its pod: kubectl logs deploy/gatehouse-operator"
                + " in the gateways' namespace"));
  }
}
