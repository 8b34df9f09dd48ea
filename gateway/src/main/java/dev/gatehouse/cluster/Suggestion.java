package dev.gatehouse.cluster;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.failure.Quote;
import dev.gatehouse.text.EditDistance;
import java.util.Collection;
import java.util.Optional;

/** "Did you mean …?" */
final class Suggestion {
  private static final int MAX_LENGTH = 40;
  private static final int MAX_LISTED = 50;

  private Suggestion() {}

  /** The rest of a sentence about an unknown word: the likely one, or all that are allowed. */
  static String among(Collection<String> known, String unknown) {
    var likely = likely(known, unknown);
    return likely.isEmpty() ? listed(known) : likely;
  }

  /** As {@link #among}, but nothing where no word is likely. */
  static String likely(Collection<String> known, String unknown) {
    return nearest(known, unknown)
        .map(word -> "; did you mean %s?".formatted(Quote.of(word)))
        .orElse("");
  }

  private static String listed(Collection<String> known) {
    return known.isEmpty() ? "" : "; allowed here: " + list(known);
  }

  /** Names of a person's own, such as of machine types, may be among them. */
  private static String list(Collection<String> known) {
    return known.stream().limit(MAX_LISTED).map(Quote::plain).collect(joining(", "))
        + (known.size() > MAX_LISTED ? ", …" : "");
  }

  private static Optional<String> nearest(Collection<String> known, String unknown) {
    if (unknown.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return EditDistance.nearest(unknown, known, k -> Math.max(1, k.length() / 3));
  }
}
