package dev.gatehouse.console;

import dev.gatehouse.text.EditDistance;
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
    var names = visible.entries().stream().map(e -> e.commandInfo().name());
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
    return EditDistance.nearest(typed, known, _ -> FURTHEST);
  }

  private static Optional<String> lastWord(String typed, CommandTable visible) {
    return visible.entries().stream()
        .map(CommandTable.Entry::commandInfo)
        .filter(a -> a.words().getLast().equals(typed))
        .map(CommandInfo::name)
        .findFirst();
  }

  private static int distance(List<String> typed, String name) {
    var words = name.split(" ").length;
    return typed.size() < words
        ? Integer.MAX_VALUE
        : EditDistance.between(String.join(" ", typed.subList(0, words)), name);
  }
}
