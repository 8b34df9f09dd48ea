package dev.gatehouse.workspace.kubernetes;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long starts of a machine type usually take. Each workspace remembers its last few, and one
 * that was slow says nothing of the next.
 */
final class Estimate {
  private static final int REMEMBERED = 5;

  /** One or two starts are no rule. */
  private static final int ENOUGH = 3;

  private Estimate() {}

  /** The median of what the workspaces remember, the lower one of two; empty for a few starts. */
  static Optional<Duration> of(List<StatefulSet> ofTheType) {
    var seconds =
        ofTheType.stream()
            .flatMap(set -> Annotations.annotation(set, Annotations.START_SECONDS).stream())
            .flatMap(Estimate::read)
            .sorted()
            .toList();
    return seconds.size() < ENOUGH
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(seconds.get((seconds.size() - 1) / 2)));
  }

  /**
   * What a workspace remembers from now on.
   *
   * @param before what it remembered, the oldest first
   */
  static String remember(String before, long seconds) {
    var all = Stream.concat(read(before), Stream.of(seconds)).toList();
    return all.stream()
        .skip(Math.max(0, all.size() - REMEMBERED))
        .map(Object::toString)
        .collect(Collectors.joining(","));
  }

  /** People can edit it with kubectl. */
  private static Stream<Long> read(String text) {
    return Arrays.stream(text.split(",", -1))
        .filter(part -> part.matches("[0-9]{1,6}"))
        .map(Long::parseLong);
  }
}
