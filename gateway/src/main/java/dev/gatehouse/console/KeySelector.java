package dev.gatehouse.console;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.failure.ExitCode;
import dev.gatehouse.failure.Quote;
import dev.gatehouse.failure.UserError;
import dev.gatehouse.key.AuthorizedKeyLine;
import dev.gatehouse.name.Username;
import java.util.List;

/**
 * Names one of a person's keys: its fingerprint, the beginning of it that no other has, or its
 * comment.
 */
public record KeySelector(String text) {
  private static final String PREFIX = "SHA256:";

  /** So many characters are not met by accident. */
  private static final int SHORTEST = 4;

  /**
   * @throws UserError if it names none of them, or several
   */
  public AuthorizedKeyLine in(List<AuthorizedKeyLine> keys, Username owner) {
    var found = keys.stream().filter(this::names).toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new UserError(
        ExitCode.DATAERR,
        found.isEmpty()
            ? "%s has no key %s; 'gate keys list' shows them".formatted(owner, Quote.of(text))
            : "%s has %d keys %s: %s"
                .formatted(owner, found.size(), Quote.of(text), fingerprints(found)));
  }

  private boolean names(AuthorizedKeyLine key) {
    var fingerprint = key.key().key().fingerprint();
    var begun = text.startsWith(PREFIX) ? text : PREFIX + text;
    return (begun.length() >= PREFIX.length() + SHORTEST && fingerprint.startsWith(begun))
        || (!text.isEmpty() && key.comment().equals(text));
  }

  private static String fingerprints(List<AuthorizedKeyLine> keys) {
    return keys.stream().map(k -> k.key().key().fingerprint()).collect(joining(", "));
  }

  @Override
  public String toString() {
    return text;
  }
}
