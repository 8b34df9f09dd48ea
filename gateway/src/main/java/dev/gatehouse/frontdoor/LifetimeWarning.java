package dev.gatehouse.frontdoor;

import dev.gatehouse.workspace.StopRule;
import dev.gatehouse.workspace.WorkspaceInfo;
import dev.gatehouse.workspace.WorkspaceInfo.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * What terminals are told before their workspace is stopped for its age.
 *
 * @param end when that is
 * @param line without an end of line
 */
record LifetimeWarning(Instant end, String line) {
  static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Empty if the time has not come, or is over. */
  static Optional<LifetimeWarning> of(WorkspaceInfo info, StopRule rule, Instant now) {
    return rule.endOfLife(info)
        .filter(_ -> info.state() == State.RUNNING)
        .filter(end -> now.isBefore(end) && !now.isBefore(end.minus(rule.policy().warning())))
        .map(end -> new LifetimeWarning(end, line(info, end, now)));
  }

  private static String line(WorkspaceInfo info, Instant end, Instant now) {
    return ("gatehouse: workspace %s is as old as a machine of type %s may get: it stops in %s, at"
            + " %s UTC. Save your work; files in your home stay. 'gate workspace keep' does not"
            + " put this off: connect again afterwards, and it starts anew")
        .formatted(
            info.id().name(), info.type(), words(Duration.between(now, end)), CLOCK.format(end));
  }

  static String words(Duration left) {
    return left.toMinutes() > 0 ? left.toMinutes() + " min" : left.toSeconds() + " s";
  }
}
