package dev.gatehouse.workspace.kubernetes;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long starts of a machine type have taken. */
final class Estimate {
  private Estimate() {}

  /** The median of what the workspaces remember. */
  static Optional<Duration> of(List<StatefulSet> ofTheType) {
    var seconds =
        ofTheType.stream()
            .flatMap(set -> Marks.annotation(set, Marks.START_SECONDS).stream())
            .filter(text -> text.matches("[0-9]{1,6}"))
            .map(Long::parseLong)
            .sorted()
            .toList();
    return seconds.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(seconds.get(seconds.size() / 2)));
  }
}
