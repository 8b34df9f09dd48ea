package dev.gatehouse.relay;

import dev.gatehouse.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Those who wait for the reason why a workspace ends. A connection or a program may end some
 * moments before the platform says what has become of the workspace: the platform's word is
 * awaited, and asked for besides, since it may have come just before. Guarded by the relay's lock.
 */
final class LossReasons {
  private static final long PAUSE_MILLIS = 200;

  private final Relay relay;
  private final Destination destination;
  private final List<Wait> waits = new ArrayList<>();
  private boolean looking;

  private static final class Wait {
    private final Consumer<Optional<Failure>> step;
    private int looks;

    Wait(Consumer<Optional<Failure>> step, int looks) {
      this.step = step;
      this.looks = looks;
    }
  }

  LossReasons(Relay relay, Destination destination) {
    this.relay = relay;
    this.destination = destination;
  }

  /**
   * Runs a step with the reason, at once if it is known; with none if it does not come.
   *
   * @param looks how often to look again, a fifth of a second apart
   */
  void await(int looks, Consumer<Optional<Failure>> step) {
    waits.add(new Wait(step, looks));
    look();
  }

  /** The platform says why. */
  void known(Failure why) {
    finish(waits, Optional.of(why));
  }

  private void look() {
    var why = destination.whyLost();
    finish(
        why.isPresent() || relay.isClosed()
            ? waits
            : waits.stream().filter(wait -> wait.looks == 0).toList(),
        why);
    if (!waits.isEmpty() && !looking) {
      looking = true;
      relay.schedule(this::lookAgain, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void lookAgain() {
    looking = false;
    if (!waits.isEmpty()) {
      waits.forEach(wait -> wait.looks--);
      look();
    }
  }

  private void finish(List<Wait> over, Optional<Failure> why) {
    var finished = List.copyOf(over);
    waits.removeAll(finished);
    finished.forEach(wait -> wait.step.accept(why));
  }
}
