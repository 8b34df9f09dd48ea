package dev.gatehouse.platform.commands;

import dev.gatehouse.platform.PartPlan;
import dev.gatehouse.platform.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Tells how an apply goes, in lines: each time that what a part waits for has changed. */
final class ProgressLines implements Progress {
  private final Screen screen;
  private final InstantSource clock;
  private final List<String> done = new ArrayList<>();
  private Instant begun;
  private String told = "";

  ProgressLines(Screen screen, InstantSource clock) {
    this.screen = screen;
    this.clock = clock;
    this.begun = clock.instant();
  }

  @Override
  public void begins(PartPlan part) {
    begun = clock.instant();
    told = "";
    if (!part.isEmpty()) {
      screen.line("%s: %s".formatted(name(part), work(part)));
    }
  }

  @Override
  public void waits(PartPlan part, String what) {
    if (!what.equals(told)) {
      told = what;
      screen.line("%s: waits, %s (%s)".formatted(name(part), what, elapsed()));
    }
  }

  @Override
  public void done(PartPlan part) {
    if (!part.isEmpty() || !told.isEmpty()) {
      screen.line("%s: done (%s)".formatted(name(part), elapsed()));
    }
    done.add(name(part));
  }

  @Override
  public void stops(PartPlan at, List<PartPlan> notDone) {
    screen.line("%s: stopped (%s)".formatted(name(at), elapsed()));
    screen.line("Done: %s".formatted(done.isEmpty() ? "nothing" : String.join(", ", done)));
    screen.line(
        "Not done: %s"
            .formatted(
                notDone.stream().map(ProgressLines::name).collect(Collectors.joining(", "))));
    screen.line("Run the same command again to go on.");
  }

  private static String work(PartPlan part) {
    var count = part.changes().size();
    return count == 1
        ? String.valueOf(part.changes().getFirst().object())
        : count == 0 ? part.unfinished().orElse("") : "%d objects".formatted(count);
  }

  private static String name(PartPlan part) {
    return part.part().name();
  }

  private String elapsed() {
    return Duration.between(begun, clock.instant()).toSeconds() + " s";
  }
}
