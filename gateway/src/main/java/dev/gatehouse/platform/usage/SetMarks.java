package dev.gatehouse.platform.usage;

import java.time.Instant;
import java.util.Optional;

/**
 * What a workspace's StatefulSet says of its last start and stop, for a pod that has gone while
 * nobody looked.
 */
record SetMarks(Optional<Instant> startedAt, Optional<Instant> stoppedAt) {

  /** When a pod ended that ran at that moment; empty if the set does not tell. */
  Optional<Instant> endAfter(Instant moment) {
    var isOfALaterPod = startedAt.filter(moment::isBefore).isPresent();
    return isOfALaterPod ? Optional.empty() : stoppedAt.filter(moment::isBefore);
  }
}
