package dev.gatehouse.console;

import dev.gatehouse.admission.Admission;
import dev.gatehouse.directory.Person;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A list of commands, in the groups in which help shows them. */
public record CommandTable(List<Group> groups) {
  public record Entry(CommandInfo commandInfo, Supplier<Command> make) {}

  /**
   * Commands that help shows together.
   *
   * @param word the first word of each of them; empty for commands of a single word
   */
  public record Group(String word, String title, List<Entry> entries) {
    public Group {
      for (var entry : entries) {
        var words = entry.commandInfo().words();
        if (words.size() != (word.isEmpty() ? 1 : 2)
            || !(word.isEmpty() || words.getFirst().equals(word))) {
          throw new IllegalArgumentException(
              "command '%s' in group '%s'".formatted(entry.commandInfo().name(), word));
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
        .filter(e -> words.size() >= e.commandInfo().words().size())
        .filter(
            e -> words.subList(0, e.commandInfo().words().size()).equals(e.commandInfo().words()))
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
        .filter(e -> e.commandInfo().access().refusal(admission, person).isEmpty())
        .toList();
  }
}
