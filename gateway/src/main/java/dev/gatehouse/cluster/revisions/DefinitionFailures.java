package dev.gatehouse.cluster.revisions;

import dev.gatehouse.failure.Failure;
import dev.gatehouse.failure.FailureException;
import dev.gatehouse.failure.Quote;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How stores of the definition fail. */
public final class DefinitionFailures {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private DefinitionFailures() {}

  /** Somebody else was first. */
  public static FailureException conflict(long base, Revision current) {
    return new FailureException(
        new Failure.Unavailable(
            "definition-conflict",
            "%s changed the definition at %s (revision %d) while you edited revision %d; nothing was changed"
                    .formatted(
                        Quote.plain(current.author().who()),
                        TIME.format(current.when()),
                        current.number(),
                        base)
                + ": look at it with 'gate cluster diff %d', and edit again".formatted(base)));
  }

  /** The place of the text may not be written. */
  public static FailureException readOnly(String why) {
    return new FailureException(new Failure.Denied("definition-read-only", why));
  }

  public static FailureException unavailable(String why, Throwable cause) {
    return new FailureException(new Failure.Unavailable("definition-unavailable", why), cause);
  }
}
