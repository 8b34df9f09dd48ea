package dev.gatehouse.console;

import dev.gatehouse.failure.UserError;
import dev.gatehouse.name.Username;
import java.util.List;
import java.util.Optional;
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
record ShellCompleter(CommandTable visible, Viewer viewer) implements Completer {
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
            new Arguments(entry.get())
                .visibleTo(viewer.person(), viewer.services().admission())
                .spec(),
            words.subList(entry.get().commandInfo().words().size(), words.size()),
            begun);
  }

  private Stream<Candidate> commands(List<String> words) {
    if (words.size() == 1) {
      return visible.group(words.getFirst()).stream()
          .flatMap(g -> g.entries().stream())
          .map(e -> candidate(e.commandInfo().words().getLast(), e.commandInfo().summary()));
    }
    return words.isEmpty() ? visible.groups().stream().flatMap(this::first) : Stream.of();
  }

  private Stream<Candidate> first(CommandTable.Group group) {
    return group.word().isEmpty()
        ? group.entries().stream()
            .map(e -> candidate(e.commandInfo().name(), e.commandInfo().summary()))
        : Stream.of(candidate(group.word(), group.title()));
  }

  private Stream<Candidate> arguments(CommandSpec spec, List<String> words, String begun) {
    var last = words.isEmpty() ? null : spec.optionsMap().get(words.getLast());
    if (last != null && last.arity().max() > 0) {
      return values(last, words);
    }
    if (begun.startsWith("-")) {
      return spec.options().stream()
          .filter(o -> !o.hidden() && !used(o, words))
          .map(ShellCompleter::option);
    }
    var position = position(spec, words);
    return spec.positionalParameters().stream()
        .filter(p -> p.index().contains(position))
        .flatMap(p -> values(p, words));
  }

  /** How many of the words are parameters, and neither options nor values of options. */
  private static int position(CommandSpec spec, List<String> words) {
    var count = 0;
    for (var i = 0; i < words.size(); i++) {
      var before = i == 0 ? null : spec.optionsMap().get(words.get(i - 1));
      var isValue = before != null && before.arity().max() > 0;
      count += isValue || words.get(i).startsWith("-") ? 0 : 1;
    }
    return count;
  }

  /** Whom {@code --user} names. */
  private static Optional<Username> about(List<String> words) {
    var at = words.indexOf("--user");
    try {
      return at < 0 || at + 1 >= words.size()
          ? Optional.empty()
          : Optional.of(new Username(words.get(at + 1)));
    } catch (UserError e) {
      return Optional.empty();
    }
  }

  private Stream<Candidate> values(ArgSpec argument, List<String> words) {
    var fixed = argument.completionCandidates();
    return Stream.concat(
            fixed == null ? Stream.of() : StreamSupport.stream(fixed.spliterator(), false),
            live(argument, words).stream())
        .map(Candidate::new);
  }

  private List<String> live(ArgSpec argument, List<String> words) {
    return ArgumentTypes.candidates(argument, new ArgumentTypes.Asker(viewer, about(words)));
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
