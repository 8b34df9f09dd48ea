package dev.gatehouse.service;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The pause after a start that failed: a browser opens six connections for a page, and each of them
 * again. Within the pause all of them get the reason of the failure at once. Each failure doubles
 * it.
 *
 * @param <K> what was started; if it is another now, such as after a change of the definition,
 *     there is no pause
 */
final class Pauses<K> {
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** After that time nobody remembers. */
  private static final Duration MEMORY = Duration.ofMinutes(10);

  private record Pause(Failure why, Duration length, Instant end) {}

  private final InstantSource clock;
  private final Map<K, Pause> pauses = new HashMap<>();

  Pauses(InstantSource clock) {
    this.clock = clock;
  }

  /** Returns the reason to refuse a start now. */
  synchronized Optional<FailureException> refusal(K what) {
    var now = clock.instant();
    return Optional.ofNullable(pauses.get(what))
        .filter(pause -> now.isBefore(pause.end))
        .map(pause -> refusal(pause, Duration.between(now, pause.end).toSeconds() + 1));
  }

  private static FailureException refusal(Pause pause, long seconds) {
    var text = "%s; it is tried again in %d s".formatted(pause.why.message(), seconds);
    return new FailureException(
        switch (pause.why) {
          case Failure.Denied(var code, var _) -> new Failure.Denied(code, text);
          case Failure.Unavailable(var code, var _) -> new Failure.Unavailable(code, text);
          case Failure.Broken(var code, var _) -> new Failure.Broken(code, text);
        });
  }

  synchronized void failed(K what, Failure why) {
    var now = clock.instant();
    pauses.values().removeIf(pause -> now.isAfter(pause.end.plus(MEMORY)));
    var last = Optional.ofNullable(pauses.get(what)).map(Pause::length);
    var length = last.map(l -> l.multipliedBy(2)).orElse(FIRST);
    var bounded = length.compareTo(LONGEST) < 0 ? length : LONGEST;
    pauses.put(what, new Pause(why, bounded, now.plus(bounded)));
  }

  synchronized void succeeded(K what) {
    pauses.remove(what);
  }
}
