package dev.gatehouse.workspace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AtOnceTest {
  /** One after the other, the first would wait for ever. */
  @Test
  void run_firstNeedsTheSecond_bothEnd() throws InterruptedException {
    var second = new CountDownLatch(1);
    var first = new AtomicBoolean();

    AtOnce.run(
        "test",
        () -> {
          await(second);
          first.set(true);
        },
        second::countDown);

    assertThat(first).isTrue();
  }

  /** A stop that comes now must find nothing under way. */
  @Test
  void run_oneFails_throwsItWhenTheOthersHaveEnded() {
    var failed = new CountDownLatch(1);
    var ended = new AtomicBoolean();

    assertThatThrownBy(
            () ->
                AtOnce.run(
                    "test",
                    () -> {
                      failed.countDown();
                      throw new IllegalStateException("refused");
                    },
                    () -> {
                      await(failed);
                      ended.set(true);
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("refused");

    assertThat(ended).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
