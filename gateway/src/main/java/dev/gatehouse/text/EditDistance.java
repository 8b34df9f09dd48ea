package dev.gatehouse.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** How far a mistyped word is from one that is known, for "did you mean …?". */
public final class EditDistance {
  private EditDistance() {}

  /**
   * Returns how many insertions, deletions, replacements and swaps of neighbours turn one word into
   * the other (optimal string alignment), whatever the case of the letters.
   */
  public static int between(String one, String other) {
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

  /**
   * Returns the known word that is nearest.
   *
   * @param furthest how far a known word may be from the typed one at most
   */
  public static Optional<String> nearest(
      String typed, Collection<String> known, ToIntFunction<String> furthest) {
    return known.stream()
        .filter(k -> Math.abs(k.length() - typed.length()) <= furthest.applyAsInt(k))
        .filter(k -> between(k, typed) <= furthest.applyAsInt(k))
        .min(Comparator.comparingInt(k -> between(k, typed)));
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
