package dev.gatehouse.platform.status;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How it stands with one part.
 *
 * @param part its name, as a plan has it
 * @param revision of the definition that this is about
 * @param since when it came to be so
 * @param code of docs/codes.md, if something is the matter
 * @param message a sentence without its end, for people; empty if there is nothing to say
 */
public record PartStatus(
    String part, State state, long revision, Instant since, Optional<String> code, String message) {

  /** In what state a part is. */
  public enum State {
    /** It is as the definition says. */
    APPLIED,
    /** It is being made so. */
    APPLYING,
    /** It waits for somebody: the message says for whom. */
    WAITING,
    /** It is not made so, and a repetition would not help. */
    REFUSED,
    /** It could not be made so, and is tried again. */
    FAILED;

    /** As it stands in the status. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it says the same, at whatever time. */
  boolean isAs(PartStatus other) {
    return part.equals(other.part)
        && state == other.state
        && revision == other.revision
        && code.equals(other.code)
        && message.equals(other.message);
  }
}
