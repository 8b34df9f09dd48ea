package dev.gatehouse.mfa;

import java.time.Instant;

/** What came of a code. Whoever typed it is told only whether it was right. */
public sealed interface CodeCheck {
  /**
   * It was right, and is used up.
   *
   * @param recovery whether it was a recovery code
   */
  record Right(boolean recovery) implements CodeCheck {}

  record Wrong() implements CodeCheck {}

  /** It was right before: somebody has seen it, or its owner is in a hurry. */
  record Replayed() implements CodeCheck {}

  /** It was not looked at: there were too many wrong ones. */
  record Locked(Instant until) implements CodeCheck {}

  record NotEnrolled() implements CodeCheck {}
}
