package dev.gatehouse.workspace.kubernetes;

import dev.gatehouse.failure.Failure;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Optional;

/** How far a workspace has come. */
sealed interface Finding {
  /** Its sshd accepts. */
  record Ready(Pod pod) implements Finding {}

  /**
   * @param what in a person's words, such as {@code waiting for a node}
   * @param ifTooLong what to say when it has taken too long
   * @param atMost how long to wait for this, where more patience hardly ever helps; otherwise for
   *     as long as a start may take
   */
  record Waiting(String what, Failure ifTooLong, Optional<Duration> atMost) implements Finding {
    Waiting(String what, Failure ifTooLong) {
      this(what, ifTooLong, Optional.empty());
    }

    Waiting atMost(Duration time) {
      return new Waiting(what, ifTooLong, Optional.of(time));
    }
  }

  /** More patience does not help. */
  record Hopeless(Failure why) implements Finding {}

  /**
   * It begins and ends, again and again: its log may say why.
   *
   * @param how {@code with exit code 1}, …
   */
  record Crashing(Pod pod, String container, String how) implements Finding {}
}
