package dev.gatehouse.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Poll;
import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A pause of a day stands for one that never ends. */
final class PeriodicTaskTest {
  private static final Duration NEVER = Duration.ofDays(1);

  @Test
  void soon_inTheMiddleOfAPause_beginsAtOnce() {
    var rounds = new AtomicInteger();
    try (var task = PeriodicTask.every(() -> NEVER, "test", rounds::incrementAndGet)) {
      Poll.until("the first", () -> rounds.get() == 1);
      task.soon();
      Poll.until("the second", () -> rounds.get() == 2);
    }
  }

  /** What has changed since the round began may not have been seen by it. */
  @Test
  void soon_inTheMiddleOfARound_doesItOnceMore() {
    var inside = new Phaser(2);
    var rounds = new AtomicInteger();
    Runnable work =
        () -> {
          if (rounds.incrementAndGet() == 1) {
            inside.arriveAndAwaitAdvance();
            inside.arriveAndAwaitAdvance();
          }
        };
    try (var task = PeriodicTask.every(() -> NEVER, "test", work)) {
      inside.arriveAndAwaitAdvance();
      task.soon();
      task.soon();
      inside.arriveAndAwaitAdvance();
      Poll.until("the second", () -> rounds.get() == 2);
      task.soon();
      Poll.until("the third, and no more for the two", () -> rounds.get() >= 3);
      assertThat(rounds).hasValue(3);
    }
  }

  @Test
  void round_fails_isNotTheLast() {
    var rounds = new AtomicInteger();
    Runnable work =
        () -> {
          if (rounds.incrementAndGet() == 1) {
            throw new IllegalStateException("as the test wants");
          }
        };
    try (var task = PeriodicTask.every(() -> NEVER, "test", work)) {
      Poll.until("the first", () -> rounds.get() == 1);
      task.soon();
      Poll.until("the second", () -> rounds.get() == 2);
    }
  }
}
