package dev.gatehouse.metrics;

import dev.gatehouse.failure.FailureException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The starts of workspaces that are over: how they ended, and how long those took that did well.
 */
public final class Starts {
  private static final Outcome BROKEN = new Outcome("broken", "workspace-start-broken");

  private final Tally<Outcome> outcomes = new Tally<>();
  private final Durations durations = new Durations();

  /** One has ended. */
  public void ended(Duration took, @Nullable Throwable error) {
    if (error == null) {
      outcomes.count(Outcome.GRANTED);
      durations.add(took);
    } else {
      var cause = error instanceof CompletionException ? error.getCause() : error;
      outcomes.count(cause instanceof FailureException e ? Outcome.of(e.failure()) : BROKEN);
    }
  }

  Tally<Outcome> outcomes() {
    return outcomes;
  }

  Durations durations() {
    return durations;
  }
}
