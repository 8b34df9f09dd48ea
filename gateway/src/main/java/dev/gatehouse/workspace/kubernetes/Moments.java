package dev.gatehouse.workspace.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** When an event happened, which stands in one of three places. */
public final class Moments {
  private Moments() {}

  public static Instant of(Event event) {
    var micro = event.getEventTime() == null ? null : event.getEventTime().getTime();
    return Stream.of(
            Optional.ofNullable(event.getLastTimestamp()),
            Optional.ofNullable(micro),
            Optional.ofNullable(event.getFirstTimestamp()),
            Optional.ofNullable(event.getMetadata().getCreationTimestamp()))
        .flatMap(Optional::stream)
        .flatMap(text -> Annotations.parse(text).stream())
        .findFirst()
        .orElse(Instant.EPOCH);
  }
}
