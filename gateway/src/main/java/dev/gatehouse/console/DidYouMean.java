package dev.gatehouse.console;

import dev.gatehouse.text.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Guesses what a mistyped command was meant to be. */
public final class DidYouMean {
  private static final int FURTHEST = 2;

  /** What other programs call the same. */
  private static final List<Set<String>> SYNONYMS =
      List.of(
          Set.of("add", "create", "new", "make"),
          Set.of("remove", "delete", "del", "rm"),
          Set.of("list", "ls"),
          Set.of("show", "info", "get", "describe"),
          Set.of("edit", "modify", "mod", "change", "update"),
          Set.of("disable", "lock"),
          Set.of("enable", "unlock"),
          Set.of("help", "man"));

  private DidYouMean() {}

  /** The name that these words come closest to; a forgotten first word is found too. */
  static Optional<String> command(List<String> typed, CommandTable visible) {
    var names = visible.entries().stream().map(e -> e.commandInfo().name());
    // A group's word alone counts only alone: 'workspace lst' is closest to 'workspace list'.
    var groups =
        visible.groups().stream()
            .map(CommandTable.Group::word)
            .filter(w -> typed.size() == 1 && !w.isEmpty());
    return sameWords(typed, visible)
        .or(
            () ->
                Stream.concat(names, groups)
                    .filter(name -> distance(typed, name) <= furthest(name))
                    .min(Comparator.comparingInt(name -> distance(typed, name))))
        .or(() -> lastWord(typed.getFirst(), visible));
  }

  /** Two letters of a word of three are another word. */
  private static int furthest(String name) {
    return Math.min(FURTHEST, name.length() / 3);
  }

  /** The command whose words are all there, in whatever order, or others that mean the same. */
  private static Optional<String> sameWords(List<String> typed, CommandTable visible) {
    return visible.entries().stream()
        .map(CommandTable.Entry::commandInfo)
        .filter(a -> typed.size() >= a.words().size())
        .filter(a -> a.words().size() > 1 || isSame(typed.getFirst(), a.words().getFirst()))
        .filter(a -> a.words().stream().allMatch(w -> typed.stream().anyMatch(t -> isSame(t, w))))
        .map(CommandInfo::name)
        .findFirst();
  }

  private static boolean isSame(String typed, String word) {
    return typed.equals(word)
        || typed.equals(word + "s")
        || word.equals(typed + "s")
        || SYNONYMS.stream().anyMatch(s -> s.contains(typed) && s.contains(word));
  }

  public static Optional<String> word(String typed, Collection<String> known) {
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
