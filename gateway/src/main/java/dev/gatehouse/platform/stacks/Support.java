package dev.gatehouse.platform.stacks;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Tells in good time that the standard support of a cluster's version of Kubernetes ends. */
public final class Support {
  /** A version is made every four months, and an upgrade wants to be tried before. */
  private static final Duration GOOD_TIME = Duration.ofDays(60);

  private Support() {}

  /** Returns sentences without a full stop; none if there is nothing to do, or no cluster. */
  public static List<String> notes(CloudFacts facts, Instant now) {
    return facts
        .cluster()
        .flatMap(cluster -> note(cluster.version(), facts.supported(), now))
        .stream()
        .toList();
  }

  private static Optional<String> note(
      String version, List<CloudFacts.Version> supported, Instant now) {
    if (supported.isEmpty()) {
      return Optional.empty();
    }
    var newest = supported.getFirst().number();
    var own = supported.stream().filter(v -> v.number().equals(version)).findFirst();
    if (own.isEmpty()) {
      return Optional.of(
          ("Kubernetes %s is not in standard support any more: it costs more, or AWS upgrades it;"
                  + " set cloud.aws.kubernetes.version up by one at a time, to %s")
              .formatted(version, newest));
    }
    return own.get()
        .endOfStandardSupport()
        .filter(end -> end.isBefore(now.plus(GOOD_TIME)))
        .map(
            end ->
                ("the standard support of Kubernetes %s ends on %s; set"
                        + " cloud.aws.kubernetes.version to the next one, up to %s")
                    .formatted(version, end.atOffset(ZoneOffset.UTC).toLocalDate(), newest));
  }
}
