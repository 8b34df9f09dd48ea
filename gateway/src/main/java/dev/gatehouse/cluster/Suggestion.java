package dev.gatehouse.cluster;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean …?" */
final class Suggestion {
  private static final int MAX_LENGTH = 40;

  private Suggestion() {}

  /** The rest of a sentence about an unknown word: the likely one, or all that are allowed. */
  static String among(Collection<String> known, String unknown) {
    return nearest(known, unknown)
        .map("; did you mean '%s'?"::formatted)
        .orElseGet(() -> "; allowed here: " + String.join(", ", known));
  }

  private static Optional<String> nearest(Collection<String> known, String unknown) {
    if (unknown.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return known.stream()
        .filter(k -> distance(k, unknown) <= Math.max(1, k.length() / 3))
        .min(Comparator.comparingInt(k -> distance(k, unknown)));
  }

  /** Levenshtein's: insertions, deletions and replacements, whatever the case of the letters. */
  static int distance(String one, String other) {
    var a = one.toLowerCase(Locale.ROOT);
    var b = other.toLowerCase(Locale.ROOT);
    var row = new int[b.length() + 1];
    for (var j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (var i = 1; i <= a.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j < row.length; j++) {
        var replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
