package dev.gatehouse.platform.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class SteadyClockTest {
  private static final Instant START = Instant.parse("2026-11-30T10:00:00Z");

  private final AtomicReference<Instant> wall = new AtomicReference<>(START);
  private final AtomicLong nanos = new AtomicLong();
  private final SteadyClock clock = new SteadyClock(wall::get, nanos::get);

  private void pass(Duration time) {
    wall.updateAndGet(at -> at.plus(time));
    nanos.addAndGet(time.toNanos());
  }

  private void jump(Duration time) {
    wall.updateAndGet(at -> at.plus(time));
  }

  @Test
  void now_whileTimePasses_isTheTime() {
    pass(Duration.ofMinutes(10));
    assertThat(clock.now()).isEqualTo(START.plusSeconds(600));
  }

  @Test
  void now_afterAJumpAhead_goesOnSteadily() {
    jump(Duration.ofDays(400));
    pass(Duration.ofSeconds(100));
    assertThat(clock.now()).isEqualTo(START.plusSeconds(101));
    jump(Duration.ofDays(-400));
    pass(Duration.ofSeconds(100));
    assertThat(clock.now()).isEqualTo(START.plusSeconds(200));
  }

  @Test
  void now_afterAJumpBack_followsAtOnce() {
    pass(Duration.ofSeconds(100));
    jump(Duration.ofHours(-1));
    assertThat(clock.now()).isEqualTo(START.plusSeconds(100 - 3600));
  }
}
