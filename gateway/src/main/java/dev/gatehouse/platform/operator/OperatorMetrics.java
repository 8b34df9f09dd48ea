package dev.gatehouse.platform.operator;

import dev.gatehouse.platform.status.PartStatus.State;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What Prometheus and the probes are told of the operator. */
final class OperatorMetrics {
  private final StatusReport report;
  private volatile boolean hasBegun;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  OperatorMetrics(StatusReport report) {
    this.report = report;
  }

  void pass(boolean isDone) {
    (isDone ? done : failed).incrementAndGet();
  }

  void begins() {
    hasBegun = true;
  }

  /**
   * Why it is not ready: it has no revision to make so. What it is made so with includes its own
   * Deployment, so it must be ready before that is done.
   */
  Optional<String> objection() {
    return hasBegun
        ? Optional.empty()
        : Optional.of("no revision of the definition was looked at yet");
  }

  /** In Prometheus' text format 0.0.4. */
  String page() {
    var status = report.status();
    var page = new StringBuilder();
    page.append("# HELP gatehouse_operator_revision The newest revision that was looked at.\n")
        .append("# TYPE gatehouse_operator_revision gauge\n")
        .append(line("gatehouse_operator_revision", status.revision()))
        .append("# HELP gatehouse_operator_passes_total How often the platform was compared.\n")
        .append("# TYPE gatehouse_operator_passes_total counter\n")
        .append(line("gatehouse_operator_passes_total{result=\"done\"}", done.get()))
        .append(line("gatehouse_operator_passes_total{result=\"failed\"}", failed.get()))
        .append("# HELP gatehouse_operator_part The state of each part: 1 for the one it is in.\n")
        .append("# TYPE gatehouse_operator_part gauge\n");
    for (var part : status.parts()) {
      for (var state : State.values()) {
        page.append(
            line(
                "gatehouse_operator_part{part=\"%s\",state=\"%s\"}"
                    .formatted(part.part(), state.word()),
                part.state() == state ? 1 : 0));
      }
    }
    return page.toString();
  }

  private static String line(String series, long value) {
    return String.format(Locale.ROOT, "%s %d%n", series, value).replace("\r", "");
  }
}
