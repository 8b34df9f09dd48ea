package dev.gatehouse.console;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Guesses what a mistyped command was meant to be. */
final class DidYouMean {
  private static final int FURTHEST = 2;

  private DidYouMean() {}

  /** The name that these words come closest to; a forgotten first word is found too. */
  static Optional<String> command(List<String> typed, CommandTable visible) {
    var names = visible.entries().stream().map(e -> e.about().name());
    // A group's word alone counts only alone: 'workspace lst' is closest to 'workspace list'.
    var groups =
        visible.groups().stream()
            .map(CommandTable.Group::word)
            .filter(w -> typed.size() == 1 && !w.isEmpty());
    return Stream.concat(names, groups)
        .filter(name -> distance(typed, name) <= FURTHEST)
        .min(Comparator.comparingInt(name -> distance(typed, name)))
        .or(() -> lastWord(typed.getFirst(), visible));
  }

  static Optional<String> word(String typed, Collection<String> known) {
    return known.stream()
        .filter(k -> distance(typed, k) <= FURTHEST)
        .min(Comparator.comparingInt(k -> distance(typed, k)));
  }

  private static Optional<String> lastWord(String typed, CommandTable visible) {
    return visible.entries().stream()
        .map(CommandTable.Entry::about)
        .filter(a -> a.words().getLast().equals(typed))
        .map(About::name)
        .findFirst();
  }

  private static int distance(List<String> typed, String name) {
    var words = name.split(" ").length;
    return typed.size() < words
        ? Integer.MAX_VALUE
        : distance(String.join(" ", typed.subList(0, words)), name);
  }

  /** Levenshtein's distance; more than {@link #FURTHEST} at once when the lengths say so. */
  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > FURTHEST) {
      return Integer.MAX_VALUE;
    }
    var row = new int[b.length() + 1];
    for (var j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (var i = 1; i <= a.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j < row.length; j++) {
        var above = row[j];
        var replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
