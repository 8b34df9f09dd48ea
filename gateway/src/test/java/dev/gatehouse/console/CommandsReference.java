package dev.gatehouse.console;

import static java.util.stream.Collectors.joining;

import dev.gatehouse.console.commands.GateCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The commands of the console as a page of Markdown, from what the commands say of themselves. */
public final class CommandsReference {
  private static final int COLUMNS = 100;

  /** Every command has them: the page says so once. */
  private static final List<String> OF_ALL = List.of("-h, --help", "--json");

  private static final String HOST = "ssh cluster.example.com gate ";

  private CommandsReference() {}

  public static List<String> lines() {
    return GateCommands.TABLE.groups().stream().flatMap(CommandsReference::group).toList();
  }

  private static Stream<String> group(CommandTable.Group group) {
    return Stream.concat(
        Stream.of("### " + group.title(), ""),
        group.entries().stream().flatMap(CommandsReference::command));
  }

  private static Stream<String> command(CommandTable.Entry entry) {
    var about = entry.commandInfo();
    var usage = new Arguments(entry).usage(COLUMNS, 0);
    var block = new ArrayList<>(usage.parameters());
    usage.options().stream().filter(o -> !isOfAll(o)).forEach(block::add);
    if (!block.isEmpty()) {
      block.add("");
    }
    about.examples().forEach(e -> block.add("  " + HOST + e));
    var lines = new ArrayList<String>();
    lines.add("#### `%s`".formatted(synopsis(usage)));
    lines.add("");
    lines.add("%s. %s".formatted(Markdown.text(about.summary()), whoMay(about)));
    lines.add("");
    lines.add("```");
    lines.addAll(block);
    lines.add("```");
    lines.add("");
    return lines.stream();
  }

  private static boolean isOfAll(String option) {
    return OF_ALL.stream().anyMatch(option.strip()::startsWith);
  }

  private static String synopsis(Arguments.Usage usage) {
    return usage.synopsis().stream()
        .map(String::strip)
        .collect(joining(" "))
        .replace(" [-h]", "")
        .replace(" [--json]", "")
        .replace(" [-h --json]", "")
        .strip();
  }

  private static String whoMay(CommandInfo about) {
    if (about.access() == Access.ADMINISTRATOR) {
      return "For administrators.";
    }
    var options = new TreeMap<>(about.options()).keySet();
    return options.isEmpty()
        ? "For everybody."
        : "For everybody; %s for administrators."
            .formatted(options.stream().map("`%s`"::formatted).collect(joining(", ")));
  }
}
