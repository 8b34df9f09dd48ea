package dev.gatehouse.aws.nodes;

import dev.gatehouse.aws.Pause;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How an engine waits for AWS.
 *
 * @param patience for one change
 */
record Waiting(Duration patience, InstantSource clock, Pause pause) {
  /** A node takes a minute or two. */
  private static final Duration STEP = Duration.ofSeconds(5);

  /** Asks until there is an answer; empty: there was none in time. */
  <T> Optional<T> until(Supplier<Optional<T>> question) throws InterruptedException {
    var end = clock.instant().plus(patience);
    while (true) {
      var answer = question.get();
      if (answer.isPresent() || !clock.instant().isBefore(end)) {
        return answer;
      }
      pause.take(STEP);
    }
  }
}
