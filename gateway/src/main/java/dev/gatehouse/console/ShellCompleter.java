package dev.gatehouse.console;

import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What TAB offers: this person's commands, their options from picocli's model, and live values.
 *
 * @param visible the commands of this person
 */
record ShellCompleter(CommandTable visible, OwnWorkspaces mine) implements Completer {
  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    var before = line.words().subList(0, line.wordIndex());
    var gate = before.size() > 0 && before.getFirst().equals("gate") ? 1 : 0;
    after(before.subList(gate, before.size()), line.word()).forEach(candidates::add);
  }

  /** What may follow these words. */
  private Stream<Candidate> after(List<String> words, String begun) {
    if (!words.isEmpty() && words.getFirst().equals(HelpCommand.ABOUT.name())) {
      return commands(words.subList(1, words.size()));
    }
    var entry = visible.find(words);
    return entry.isEmpty()
        ? commands(words)
        : arguments(
            new Arguments(entry.get()).spec(),
            words.subList(entry.get().about().words().size(), words.size()),
            begun);
  }

  private Stream<Candidate> commands(List<String> words) {
    if (words.size() == 1) {
      return visible.group(words.getFirst()).stream()
          .flatMap(g -> g.entries().stream())
          .map(e -> candidate(e.about().words().getLast(), e.about().summary()));
    }
    return words.isEmpty() ? visible.groups().stream().flatMap(this::first) : Stream.of();
  }

  private Stream<Candidate> first(CommandTable.Group group) {
    return group.word().isEmpty()
        ? group.entries().stream().map(e -> candidate(e.about().name(), e.about().summary()))
        : Stream.of(candidate(group.word(), group.title()));
  }

  private Stream<Candidate> arguments(CommandSpec spec, List<String> words, String begun) {
    var last = words.isEmpty() ? null : spec.optionsMap().get(words.getLast());
    if (last != null && last.arity().max() > 0) {
      return values(last);
    }
    if (begun.startsWith("-")) {
      return spec.options().stream().filter(o -> !used(o, words)).map(ShellCompleter::option);
    }
    var position = (int) words.stream().filter(w -> !w.startsWith("-")).count();
    return spec.positionalParameters().stream()
        .filter(p -> p.index().contains(position))
        .flatMap(this::values);
  }

  private Stream<Candidate> values(ArgSpec argument) {
    var fixed = argument.completionCandidates();
    return Stream.concat(
            fixed == null ? Stream.of() : StreamSupport.stream(fixed.spliterator(), false),
            ArgumentTypes.candidates(argument, mine).stream())
        .map(Candidate::new);
  }

  private static boolean used(OptionSpec option, List<String> words) {
    return Stream.of(option.names()).anyMatch(words::contains);
  }

  private static Candidate option(OptionSpec option) {
    return candidate(option.longestName(), String.join(" ", option.description()));
  }

  private static Candidate candidate(String word, String description) {
    return new Candidate(word, word, null, description, null, null, true);
  }
}
