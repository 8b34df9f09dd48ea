package dev.gatehouse.console.commands.general;

import dev.gatehouse.console.view.HumanTime;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Value;
import dev.gatehouse.directory.DirectoryHealth;
import java.time.Duration;
import java.time.Instant;

/** Says in a line how it stands with the directory, and what that means for people. */
final class DirectoryLine {
  private DirectoryLine() {}

  static Value of(DirectoryHealth health, Instant now) {
    return switch (health.reach()) {
      case FOLLOWED ->
          new Value.State("online, %d people known".formatted(health.people()), Line.Style.GOOD);
      case REFUSED ->
          new Value.State(
              "online, but does not let itself be copied: each login asks it", Line.Style.BUSY);
      case AWAY -> new Value.State(offline(health, now), Line.Style.BAD);
    };
  }

  private static String offline(DirectoryHealth health, Instant now) {
    if (health.confirmed().isEmpty()) {
      return "not reached yet, so nobody is known";
    }
    var since = health.confirmed().get();
    var until = health.knownUntil().orElse(since);
    return "offline for %s, copy of %s, %s"
        .formatted(
            HumanTime.span(Duration.between(since, now)),
            HumanTime.clock(since),
            until.isAfter(now)
                ? "known people still get in by key until " + HumanTime.clock(until)
                : "nobody gets in since " + HumanTime.clock(until));
  }
}
