package dev.gatehouse.console;

import dev.gatehouse.admission.Admission;
import dev.gatehouse.directory.Person;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A list of commands, in the groups in which help shows them. */
public record CommandTable(List<Group> groups) {
  record Entry(About about, Supplier<Command> make) {}

  /**
   * Commands that help shows together.
   *
   * @param word the first word of each of them; empty for commands of a single word
   */
  record Group(String word, String title, List<Entry> entries) {
    Group {
      for (var entry : entries) {
        var words = entry.about().words();
        if (words.size() != (word.isEmpty() ? 1 : 2)
            || !(word.isEmpty() || words.getFirst().equals(word))) {
          throw new IllegalArgumentException(
              "command '%s' in group '%s'".formatted(entry.about().name(), word));
        }
      }
    }
  }

  List<Entry> entries() {
    return groups.stream().flatMap(g -> g.entries().stream()).toList();
  }

  /** The command that these words begin with. */
  Optional<Entry> find(List<String> words) {
    return entries().stream()
        .filter(e -> words.size() >= e.about().words().size())
        .filter(e -> words.subList(0, e.about().words().size()).equals(e.about().words()))
        .findFirst();
  }

  Optional<Group> group(String word) {
    return groups.stream().filter(g -> !word.isEmpty() && g.word().equals(word)).findFirst();
  }

  /** What this person may run: help, completion and suggestions are made from it. */
  CommandTable visibleTo(Person person, Admission admission) {
    return new CommandTable(
        groups.stream()
            .map(g -> new Group(g.word(), g.title(), permitted(g, person, admission)))
            .filter(g -> !g.entries().isEmpty())
            .toList());
  }

  private static List<Entry> permitted(Group group, Person person, Admission admission) {
    return group.entries().stream()
        .filter(e -> e.about().access().refusal(admission, person).isEmpty())
        .toList();
  }
}
