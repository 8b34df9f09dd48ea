package dev.gatehouse.cluster;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.failure.Quote;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean …?" */
final class Suggestion {
  private static final int MAX_LENGTH = 40;
  private static final int MAX_LISTED = 50;

  private Suggestion() {}

  /** The rest of a sentence about an unknown word: the likely one, or all that are allowed. */
  static String among(Collection<String> known, String unknown) {
    return nearest(known, unknown)
        .map(word -> "; did you mean %s?".formatted(Quote.of(word)))
        .orElseGet(() -> "; allowed here: " + list(known));
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
    return known.stream()
        .filter(k -> distance(k, unknown) <= Math.max(1, k.length() / 3))
        .min(Comparator.comparingInt(k -> distance(k, unknown)));
  }

  /**
   * Insertions, deletions, replacements and swaps of neighbours (optimal string alignment),
   * whatever the case of the letters.
   */
  static int distance(String one, String other) {
    var a = one.toLowerCase(Locale.ROOT);
    var b = other.toLowerCase(Locale.ROOT);
    var steps = new int[a.length() + 1][b.length() + 1];
    for (var i = 0; i <= a.length(); i++) {
      for (var j = 0; j <= b.length(); j++) {
        steps[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : cheapest(steps, a, i, b, j);
      }
    }
    return steps[a.length()][b.length()];
  }

  private static int cheapest(int[][] steps, String a, int i, String b, int j) {
    var same = a.charAt(i - 1) == b.charAt(j - 1);
    var least = Math.min(steps[i - 1][j], steps[i][j - 1]) + 1;
    least = Math.min(least, steps[i - 1][j - 1] + (same ? 0 : 1));
    return isSwap(a, i, b, j) ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
  }

  private static boolean isSwap(String a, int i, String b, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
