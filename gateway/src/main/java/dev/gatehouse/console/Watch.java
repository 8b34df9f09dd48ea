package dev.gatehouse.console;

import dev.gatehouse.console.view.HumanTime;
import dev.gatehouse.console.view.Line;
import dev.gatehouse.console.view.Screen;
import dev.gatehouse.workspace.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Waits for something and shows how it goes: on a terminal in one line that is rewritten, elsewhere
 * in a line a step on stderr. What is waited for goes on whatever happens to the watching.
 */
final class Watch {
  private static final Duration TICK = Duration.ofSeconds(1);

  private sealed interface Event {
    record Step(String what) implements Event {}

    record Over() implements Event {}
  }

  private final Screen screen;
  private final InstantSource clock;
  private final String title;
  private final Instant began;

  /** Listeners run on other threads and only put something here: the screen is the command's. */
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  /**
   * @param title what is going on, such as {@code starting main}
   */
  Watch(Screen screen, InstantSource clock, String title) {
    this.screen = screen;
    this.clock = clock;
    this.title = title;
    this.began = clock.instant();
  }

  /** Takes the next step; may be called on any thread. */
  void step(Progress progress) {
    events.add(new Event.Step(progress.what()));
  }

  Duration elapsed() {
    return Duration.between(began, clock.instant());
  }

  /**
   * Returns when the stage is complete, in whichever way.
   *
   * @throws InterruptedException on Ctrl-C
   */
  void until(CompletionStage<?> done) throws InterruptedException {
    var _ = done.whenComplete((_, _) -> events.add(new Event.Over()));
    try {
      var step = "";
      while (true) {
        switch (events.poll(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
          case Event.Step(var what) -> {
            step = what;
            show(step);
          }
          case Event.Over() -> {
            return;
          }
          case null -> tick(step);
        }
      }
    } finally {
      if (screen.look().live()) {
        screen.endLive();
      }
    }
  }

  private void show(String step) {
    if (screen.look().live()) {
      tick(step);
    } else {
      screen.tell(Line.of(title + ": " + step));
    }
  }

  private void tick(String step) {
    if (screen.look().live()) {
      screen.live(
          Line.of(title)
              .add(step.isEmpty() ? "" : ": " + step)
              .add(Line.Style.DIM, "  " + HumanTime.span(elapsed())));
    }
  }
}
